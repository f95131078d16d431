// Pages about people in a real browser: adding somebody, a role of trust proposed and confirmed by two others, an absence and a
// deputy, a bar; on a phone and at a desk, without JavaScript too; axe on every page; no name in an address or in the log.
import assert from 'node:assert/strict'
import { DESK, PHONE, follow, launch, leave } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { choose, day, enter, heading, inSchoolWithout, press } from './people.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
let browser

const inSchool = work => inSchoolWithout(['Quill', 'Zo', 'Teacher', 'Paul', 'court'], work)

const noNames = page => {
  for (const address of page.addresses) assert.doesNotMatch(address, /Quill|Zo|teacher|paul|\?/i, address)
}

async function addPerson (school, options, look) {
  const page = await enter(browser, school, 'office', options)
  await page.to('/home')
  await look(page, 'home')
  await follow(page.locator('main a:has-text("Add a person")'))
  await look(page, 'add')
  await press(page, 'Add this person')
  assert.match(await page.title(), /^Error: Add a person/)
  assert.match(await page.locator('#given-error').innerText(), /Enter a given name/)
  await look(page, 'add, with errors')
  await page.fill('#given', 'Zoë')
  await page.fill('#family', 'Quill')
  await page.fill('[name="born-day"]', '27')
  await page.fill('[name="born-month"]', '3')
  await page.fill('[name="born-year"]', '2014')
  await press(page, 'Add this person')
  assert.equal(await heading(page), 'Zoë Quill')
  assert.match(await page.locator('main').innerText(), /The person is added[\s\S]*27 March 2014/)
  await look(page, 'the person')
  await follow(page.locator('main a:has-text("Give a role")'))
  await look(page, 'give a role')
  await page.selectOption('#role', 'pupil')
  await press(page, 'Give this role')
  assert.match(await page.locator('main').innerText(), /Pupil, Hill School, since/)
  await page.to('/people')
  await look(page, 'the list')
  assert.match(await page.locator('caption').innerText(), /1 to 50 of 12\d/)
  await follow(page.locator('a[rel="next"]'))
  await look(page, 'the second page')
  assert.match(await page.locator('caption').innerText(), /51 to 100/)
  await page.fill('#words', 'zoe')
  await press(page, 'Show')
  await look(page, 'found')
  assert.match(await page.locator('main').innerText(), /1 found/)
  await follow(page.locator('main a:has-text("Quill, Zoë")'))
  await follow(page.locator('main a:has-text("Change details")'))
  await look(page, 'change')
  await page.fill('#phone', '01632 960 001')
  await press(page, 'Save')
  assert.match(await page.locator('main').innerText(), /The details are changed[\s\S]*01632 960 001/)
  noNames(page)
  await leave(page)
}

async function proposeRole (school, options, look) {
  const teacher = school.people.teacher.id
  const admin = await enter(browser, school, 'admin', options)
  await admin.to('/people/propose/' + teacher)
  await look(admin, 'propose')
  await admin.selectOption('#role', 'deputy-dsl')
  await press(admin, 'Propose this role')
  await admin.to('/roles')
  await look(admin, 'proposed, by the one who proposed')
  assert.equal(await admin.locator('button:has-text("Say yes")').count(), 0)
  for (const [who, said] of [['head', 'You have said yes'], ['dsl', 'Two have said yes: the role is held now']]) {
    const page = await enter(browser, school, who, options)
    await page.to('/home')
    await follow(page.locator('main a:has-text("A proposed role")'))
    await look(page, 'proposed, by ' + who)
    await press(page, 'Say yes')
    assert.match(await page.locator('main').innerText(), new RegExp(said))
    await look(page, 'said yes, by ' + who)
    await leave(page)
  }
  await admin.to('/people/' + teacher)
  assert.match(await admin.locator('main').innerText(), /Deputy safeguarding lead, Hill School, since/)
  noNames(admin)
  await leave(admin)
}

async function beAway (school, options, look) {
  const head = await enter(browser, school, 'head', options)
  await head.to('/deputies')
  await look(head, 'deputies')
  await follow(head.locator('a:has-text("Designated safeguarding lead")'))
  await look(head, 'name a deputy')
  await head.fill('#words', 'gita')
  await press(head, 'Look for this name')
  await choose(head, 'Confirmed, Gita')
  await look(head, 'a deputy found')
  await press(head, 'Name this person')
  assert.match(await head.locator('main').innerText(), /They stand in from now on/)
  await look(head, 'a deputy named')
  const dsl = await enter(browser, school, 'dsl', options)
  await dsl.to('/absences')
  await look(dsl, 'absences')
  await follow(dsl.locator('a:has-text("Say when you are away")'))
  await day(dsl, 'until', new Date(Date.now() + 3 * 86400000))
  await look(dsl, 'an absence')
  await press(dsl, 'Save')
  assert.match(await dsl.locator('main').innerText(), /The absence is recorded/)
  await look(dsl, 'an absence recorded')
  const governor = await enter(browser, school, 'governor', options)
  await governor.to('/account')
  assert.match(await governor.locator('main').innerText(), /Designated safeguarding lead/)
  await press(dsl, 'Back again')
  await governor.to('/account')
  assert.doesNotMatch(await governor.locator('main').innerText(), /Designated safeguarding lead/)
  noNames(dsl)
  for (const page of [head, dsl, governor]) await leave(page)
}

async function barParent (school, options, look) {
  const pupil = school.people.pupil.id
  const office = await enter(browser, school, 'office', options)
  await office.to('/people/parent/' + pupil)
  await look(office, 'link a parent')
  await office.fill('#words', 'paul')
  await press(office, 'Look for this name')
  await look(office, 'a parent found')
  await choose(office, 'Pupil, Paul')
  await press(office, 'Link this parent')
  const parent = await enter(browser, school, 'parent', options)
  await parent.to('/home')
  await look(parent, 'a parent at home')
  await follow(parent.locator('main a:has-text("Pia Pupil")'))
  await look(parent, 'a child, for its parent')
  const dsl = await enter(browser, school, 'dsl', options)
  await dsl.to('/people/bar/' + pupil)
  await look(dsl, 'bar')
  await choose(dsl, 'Pupil, Paul')
  await dsl.fill('#reason', 'A court order of 3 May')
  await press(dsl, 'Bar this person')
  const said = await dsl.locator('main').innerText()
  assert.match(said, /Barred/)
  assert.doesNotMatch(said, /court order of/)
  await look(dsl, 'a bar, for safeguarding')
  assert.equal((await parent.to('/people/' + pupil)).status(), 404)
  for (const address of ['/home', '/account', '/people/' + school.people.parent.id]) {
    await parent.to(address)
    assert.doesNotMatch(await parent.content(), /Pia|[Bb]arred/, address)
  }
  await follow(dsl.locator('a:has-text("Ask to lift the bar")'))
  await look(dsl, 'ask to lift')
  await dsl.fill('#reason', 'The order was lifted')
  await press(dsl, 'Ask to lift this bar')
  const head = await enter(browser, school, 'head', options)
  await head.to('/people/' + pupil)
  await follow(head.locator('a:has-text("Lift the bar")'))
  await look(head, 'lift')
  await press(head, 'Lift this bar')
  assert.match(await head.locator('main').innerText(), /The bar is lifted/)
  await parent.to('/home')
  assert.match(await parent.content(), /Pia Pupil/)
  noNames(parent)
  for (const page of [office, parent, dsl, head]) await leave(page)
}

async function setCalendar (school, options, look) {
  const page = await enter(browser, school, 'office', options)
  await page.to('/home')
  assert.equal(await page.locator('main a[href="/calendar"]').count(), 1)
  await page.to('/calendar')
  await look(page, 'the calendar, empty')
  assert.match(await page.locator('main').innerText(), /Nobody has set a calendar yet[\s\S]*Bank holidays to come/)
  await follow(page.locator('main a:has-text("Set a calendar")'))
  await look(page, 'set the calendar')
  await choose(page, 'Scotland')
  await page.fill('#terms', '2 September 2026 to 23 October 2026\n18 December 2026 to 2 November 2026')
  await press(page, 'Save this calendar')
  assert.match(await page.title(), /^Error: Set the school calendar/)
  assert.match(await page.locator('#terms-error').innerText(), /Line 2 of the terms: the last day is before the first/)
  await look(page, 'set the calendar, with errors')
  await page.fill('#terms', '2 September 2026 to 23 October 2026\n2 November 2026 to 18 December 2026')
  await page.fill('#inset', '2 November 2026')
  await press(page, 'Save this calendar')
  assert.match(await page.locator('main').innerText(), /The calendar is saved[\s\S]*Scotland/)
  await look(page, 'the calendar')
  noNames(page)
  await leave(page)
}

for (const [where, options, look] of ways) {
  test(`people: all of it ${where}`, () => inSchool(async school => {
    await addPerson(school, options, look)
    await proposeRole(school, options, look)
    await beAway(school, options, look)
    await setCalendar(school, options, look)
    await barParent(school, options, look)
  }))
}

test('pages with nobody and without a right are whole', () => inSchool(async school => {
  const page = await enter(browser, school, 'teacher', { viewport: PHONE })
  for (const [address, status] of [['/people', 403], ['/people/' + school.people.pupil.id, 404], ['/people/add', 403]]) {
    assert.equal((await page.to(address)).status(), status, address)
    page.troubles.length = 0 // the browser's own note of the status
    await settled(page, address)
  }
  const head = await enter(browser, school, 'head', { viewport: PHONE })
  for (const address of ['/organisations', `/people/leave/${school.people.teacher.id}`, `/people/same/${school.people.teacher.id}`,
    `/people/list/all/left/1`, '/home']) {
    await head.to(address)
    await settled(head, address)
  }
  const admin = await enter(browser, school, 'admin', { viewport: PHONE })
  await admin.to(`/people/reset/${school.people.teacher.id}`)
  await settled(admin, 'reset')
  for (const one of [page, head, admin]) await leave(one)
}))

browser = await launch()
await run()
await browser.close()
