// Pages of keeping and May I? signed in, in a real browser: a hold, an erasure by two, telling and its task, an answer that is
// kept; on a phone and at a desk, without JavaScript too; then every page that opens to each role. axe on every page; no name
// and no reason in an address or in the log. Prints TAP.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { DESK, PHONE, launch, leave } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { finish, go, start, stories } from './journey.mjs'
import { choose, enter, heading, inSchoolWithout, link, press } from './people.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const SECRETS = ['Pupil', 'Pia', 'Teacher', 'Robin', 'tribunal', 'moved', 'gate', 'Ada', 'Hilda']
let browser

const inSchool = work => inSchoolWithout(SECRETS, work)

const noNames = page => {
  for (const address of page.addresses) assert.doesNotMatch(address, /pia|pupil%|tribunal|moved|gate|\?/i, address)
}
const main = page => page.locator('main').innerText()

async function aHold (school, options, look) {
  const page = await enter(browser, school, 'head', options)
  await page.to('/keeping')
  await look(page, 'keeping')
  await link(page, 'Legal holds')
  await look(page, 'holds, none')
  await link(page, 'Place a hold')
  await look(page, 'whose')
  await press(page, 'Search')
  assert.match(await page.title(), /^Error: Place a hold/)
  await look(page, 'whose, with an error')
  await page.fill('#name', 'pi')
  await press(page, 'Search')
  await look(page, 'found')
  await link(page, 'Pupil, Pia')
  await look(page, 'place')
  await press(page, 'Place the hold')
  assert.match(await page.locator('#reason-error').innerText(), /Say why/)
  await look(page, 'place, with an error')
  await page.fill('#reason', 'A tribunal asks for it')
  await press(page, 'Place the hold')
  assert.equal(await heading(page), 'The hold lies')
  await look(page, 'placed')
  await page.reload() // the form again: it is done once
  assert.equal(await heading(page), 'The hold lies')
  await page.to('/holds')
  assert.equal(await page.locator('h3:has-text("Pupil, Pia")').count(), 1)
  assert.doesNotMatch(await main(page), /tribunal/)
  await look(page, 'holds')
  await link(page, 'Open')
  await look(page, 'open')
  await page.fill('#reason', 'To answer the court')
  await press(page, 'Open it')
  assert.match(await main(page), /A tribunal asks for it/)
  await look(page, 'opened')
  await page.to('/opened')
  assert.match(await main(page), /The reason of a legal hold/)
  await look(page, 'who opened what')
  noNames(page)
  await leave(page)
}

async function liftHold (school, options, look) {
  const page = await enter(browser, school, 'dsl', options)
  await page.to('/holds')
  await link(page, 'Lift')
  await look(page, 'lift')
  await page.fill('#reason', 'It is over')
  await press(page, 'Lift the hold')
  assert.equal(await heading(page), 'The hold is lifted')
  await page.to('/holds')
  await look(page, 'holds, lifted')
  await leave(page)
}

async function askErasure (school, options, look) {
  const page = await enter(browser, school, 'admin', options)
  await page.to('/erasures')
  await look(page, 'erasures, none')
  await link(page, 'Ask for an erasure')
  await page.fill('#name', 'pia')
  await press(page, 'Search')
  await link(page, 'Pupil, Pia')
  assert.match(await main(page), /cannot be undone/)
  await look(page, 'ask')
  await page.fill('#reason', 'The family moved and asks for it')
  await press(page, 'Ask for it')
  assert.equal(await heading(page), 'The erasure is asked for')
  await page.to('/erasures')
  await link(page, 'Look at it')
  assert.match(await main(page), /You asked: somebody else has to confirm/)
  assert.equal(await page.locator('button:has-text("Erase for good")').count(), 0)
  await look(page, 'an erasure of one’s own')
  noNames(page)
  await leave(page)
}

async function confirmErasure (school, options, look) {
  const page = await enter(browser, school, 'head', options)
  await page.to('/erasures')
  await look(page, 'erasures, one waits')
  await link(page, 'Look at it')
  await look(page, 'confirm')
  await press(page, 'Erase for good')
  assert.match(await page.locator('#sure-error').innerText(), /Tick the box/)
  await look(page, 'confirm, with an error')
  await choose(page, 'I know that it cannot be undone')
  await press(page, 'Erase for good')
  assert.equal(await heading(page), 'It is erased')
  await look(page, 'erased')
  await page.to('/erasures')
  assert.doesNotMatch(await main(page), /Pia/)
  await look(page, 'erasures, done')
  noNames(page)
  await leave(page)
}

async function telling (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await page.to('/tell')
  assert.match(await main(page), /999[\s\S]*Today it goes to/)
  await look(page, 'tell')
  await press(page, 'Send it')
  assert.match(await page.title(), /^Error: Tell somebody/)
  await look(page, 'tell, with errors')
  await choose(page, 'No, about none of them')
  await page.fill('#text', 'A man waits at the gate\nevery day')
  await press(page, 'Send it')
  assert.equal(await heading(page), 'Thank you')
  await look(page, 'told')
  noNames(page)
  await leave(page)
  const dsl = await enter(browser, school, 'dsl', options)
  await dsl.to('/tasks')
  assert.match(await main(dsl), /Somebody told you something/)
  await look(dsl, 'tasks')
  await link(dsl, 'Read what was told')
  await look(dsl, 'open what was told')
  await press(dsl, 'Open it')
  assert.match(await main(dsl), /A man waits at the gate\nevery day/)
  await look(dsl, 'what was told')
  await dsl.to('/tasks')
  await press(dsl, 'It is done')
  assert.doesNotMatch(await main(dsl), /Somebody told you something/)
  await leave(dsl)
}

async function mayKept (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await page.to('/may')
  assert.match(await main(page), /You are signed in as Tom Teacher/)
  assert.ok(await page.locator('input[name="actor"][value="teacher"]').isChecked())
  await look(page, 'who')
  await start(page, school.server.address, stories.refused)
  const asked = await finish(page, school.server.address, stories.refused)
  assert.ok(!asked.some(question => /How old are you/.test(question)))
  await look(page, 'answer')
  await press(page, 'Keep this answer')
  assert.equal(await heading(page), 'Your answer is kept')
  await look(page, 'kept')
  await link(page, 'My kept answers')
  await look(page, 'kept answers')
  await press(page, 'Open')
  assert.match(await main(page), /Accept a friend request/)
  await look(page, 'a kept answer')
  await page.to('/kept')
  await press(page, 'Throw away')
  await look(page, 'throw away')
  await press(page, 'Throw it away')
  assert.match(await main(page), /You have kept none/)
  noNames(page)
  await leave(page)
}

async function mayAbout (school, options, look) {
  const page = await enter(browser, school, 'office', options)
  const story = { ...stories.refused, actor: ['employee'] }
  await start(page, school.server.address, story)
  await page.to('/may/how')
  await link(page, 'Choose who it is from the register')
  await look(page, 'about')
  await page.fill('#name', 'pia')
  await press(page, 'Search')
  await look(page, 'about, found')
  await press(page, 'The other person')
  assert.match(await main(page), /Chosen from the register as the other person: Pupil, Pia/)
  assert.ok(await page.locator('input[name="other"][value="our-pupil"]').isChecked())
  await look(page, 'how, chosen')
  await go(page)
  const asked = await finish(page, school.server.address, story)
  assert.ok(!asked.some(question => /How old is the other person/.test(question)))
  assert.match(await main(page), /What the register knew[\s\S]*How old is the other person/)
  await look(page, 'answer, from the register')
  await page.to('/may/check')
  assert.match(await main(page), /\(from the register\)/)
  await look(page, 'check')
  noNames(page)
  await leave(page)
}

for (const [name, options, look] of ways) {
  test(`a hold, opened with a reason and lifted, ${name}`, () => inSchool(async school => {
    await aHold(school, options, look)
    await liftHold(school, options, look)
  }))
  test(`an erasure by two, ${name}`, () => inSchool(async school => {
    await askErasure(school, options, look)
    await confirmErasure(school, options, look)
  }))
  test(`telling, and the task it becomes, ${name}`, () => inSchool(school => telling(school, options, look)))
  test(`May I? knows who asks, and its answer is kept, ${name}`, () => inSchool(async school => {
    await mayKept(school, options, look)
    await mayAbout(school, options, look)
  }))
}

// ---- every page as every role ----

const access = readFileSync(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/access.md'), 'utf8')
const rows = text => text.split('\n').filter(line => line.startsWith('| ')).map(line => line.slice(1, -1).split('|').map(cell => cell.trim()))
const byRole = access.slice(access.indexOf('## Every page, by role'), access.indexOf('## How people sign in'))
const pages = rows(byRole).filter(([page]) => /^GET \/[a-z/-]*$/.test(page))
const groups = rows(byRole).filter(([letter]) => /^[A-Z]$/.test(letter))
const codes = Object.fromEntries(readFileSync(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../src/service/roles.def'), 'utf8')
  .split('\n').filter(line => line.startsWith('ROLE(')).map(line => line.match(/"([^"]*)"/g).map(word => word.slice(1, -1)))
  .map(([code, , title]) => [title, 'a' + code.replaceAll('-', '')]))

// Whom a page leads on to another one: those that begin with something else.
const opened = async (page, address) => {
  const answer = await page.to(address)
  return answer.status() === 200
}

async function walk (school, who, column, options, look) {
  const page = await enter(browser, school, who, options)
  let count = 0
  for (const row of pages) {
    const address = row[0].slice(4)
    const opens = await opened(page, address)
    assert.equal(opens, row[1 + column] === 'yes', `${address} as ${who}`)
    if (!opens) continue
    assert.ok((await heading(page)).length > 0, address)
    await look(page, `${address} as ${who}`)
    count++
  }
  await leave(page)
  assert.ok(count > 5, who)
}

// What two groups have shown to be well made is looked at by axe no third time; that it opens, each time.
const looked = {}
const twice = async (page, where) => {
  const address = where.split(' as ')[0]
  looked[address] = (looked[address] ?? 0) + 1
  if (looked[address] <= 2) await quiet(page, where)
}

test('every page as one of each group of roles, at 360 px with axe', () => inSchool(async school => {
  assert.ok(pages.length > 20 && groups.length > 5)
  for (const [column, [, titles]] of groups.entries()) {
    const title = titles.split('; ').find(title => codes[title])
    await walk(school, codes[title], column, { viewport: PHONE }, twice)
  }
}))

test('every page as the administrator, at 1280 px with axe', () => inSchool(async school => {
  const column = groups.findIndex(([, titles]) => titles.split('; ').includes('Administrator'))
  await walk(school, 'admin', column, { viewport: DESK }, quiet)
}))

// As any client that runs no script gets it.
async function fetchAll (school, who, column) {
  for (const row of pages) {
    const answer = await fetch(school.server.address + row[0].slice(4),
      { redirect: 'manual', headers: { cookie: 'lanyard-signed-in=' + school.people[who].cookie } })
    const opens = answer.status === 200 || (answer.status === 303 && answer.headers.get('location') !== '/sign-in')
    assert.equal(opens, row[1 + column] === 'yes', `${row[0]} as ${who}: ${answer.status}`)
    if (answer.status === 200) assert.match(await answer.text(), /<h1[ >]/, row[0])
  }
}

test('every page as every role without JavaScript', () => inSchool(async school => {
  let roles = 0
  for (const [column, [, titles]] of groups.entries())
    for (const title of titles.split('; ').filter(title => codes[title])) {
      await fetchAll(school, codes[title], column)
      roles++
    }
  assert.equal(roles, Object.keys(codes).length)
  const column = groups.findIndex(([, titles]) => titles.split('; ').includes('Teacher'))
  await walk(school, 'teacher', column, { viewport: PHONE, script: false }, async () => {})
}))

// A page that does not open leaves an error in the browser's console, which is right: only what the pages say counts.
async function quiet (page, where) {
  page.troubles.length = 0
  await settled(page, where)
}

browser = await launch()
await run()
await browser.close()
