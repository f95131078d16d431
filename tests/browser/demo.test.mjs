// The demo as a stranger meets it: from its home page to being somebody, as everybody that it offers, with the keyboard alone and
// without JavaScript; and the README's first five minutes, step by step. axe on every page. Prints TAP.
import assert from 'node:assert/strict'
import { DESK, PHONE, follow, followKey, launch, leave } from './browser.mjs'
import { settled, suite, tabTo } from './checks.mjs'
import { be, openDemo, titles, visit } from './demo.mjs'
import { finish, start, stories } from './journey.mjs'
import { choose, day, heading, link, press } from './people.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const MARK = 'This is a demo: nobody here is real.'
let browser, demo

const main = page => page.locator('main').innerText()
const marked = async page => assert.equal(await page.locator('.lanyard-warning-band').innerText(), MARK)

async function everybody (options, look, homes) {
  const page = await visit(browser, demo, options)
  await page.to('/')
  await marked(page)
  await look(page, 'home')
  await link(page, 'Come in as one of them')
  await marked(page)
  await look(page, 'demo')
  const all = await titles(page)
  assert.ok(all.length >= 20, String(all))
  for (const title of new Set(all)) {
    await be(page, title)
    assert.match(await heading(page), /^Hello, /, title)
    await marked(page)
    if (homes) await look(page, 'home of ' + title)
  }
  for (const address of page.addresses) assert.doesNotMatch(address, /person|[0-9a-f]{32}|\?/, address)
  await leave(page)
}

async function nobodyMore (options, look) {
  const page = await visit(browser, demo, options)
  await be(page, 'Teacher')
  const name = await heading(page)
  await follow(page.locator('header a:has-text("Be somebody else")'))
  await look(page, 'demo, signed in')
  await be(page, 'Pupil')
  assert.notEqual(await heading(page), name)
  await leave(page)
}

async function byKeyboard () {
  const page = await visit(browser, demo, { viewport: DESK })
  await tabTo(page, '.lanyard-demo-person:nth-of-type(2) button')
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/home$/)
  assert.match(await heading(page), /^Hello, /)
  await leave(page)
}

// README.md, The first five minutes.
async function signs (page) {
  await be(page, 'Teacher')
  await link(page, 'Sign the policy')
  assert.match(await main(page), /For you as a teacher/)
  await page.locator('main label').last().click()
  await press(page, 'Sign')
  assert.match(await main(page), /certificate/i)
  await page.to('/home')
  assert.doesNotMatch(await main(page), /Sign the policy/)
}

async function asks (page) {
  await be(page, 'Teacher')
  await page.to('/may')
  assert.match(await main(page), /You are signed in as/)
  await start(page, demo.server.address, stories.refused)
  await finish(page, demo.server.address, stories.refused)
  assert.match(await main(page), /the policy does not allow it/i)
  await page.locator('main select').first().selectOption({ label: 'No, about none of them' })
  await press(page, 'Tell them now')
  assert.doesNotMatch(await page.title(), /^Error/)
}

async function reads (page) {
  await be(page, 'Designated safeguarding lead')
  await page.to('/tasks')
  const told = (await main(page)).match(/Read what was told/g) ?? []
  assert.equal(told.length, 2, 'what the teacher told, and what was told before')
}

async function leads (page) {
  await be(page, 'Headteacher')
  await link(page, 'How things stand')
  assert.match(await main(page), /Ottermere Academy[\s\S]*signed/i)
  assert.match(await main(page), /overdue/)
}

async function proposes (page) {
  await be(page, 'Volunteer')
  const name = (await heading(page)).replace('Hello, ', '')
  await be(page, 'Administrator')
  await page.to('/people')
  await page.locator('input[name="words"]').fill(name)
  await press(page, 'Show')
  await link(page, name.split(' ').at(-1))
  await link(page, 'Propose a role of trust')
  await page.locator('select[name="role"]').selectOption('osc')
  await press(page, 'Propose this role')
  for (const title of ['Head of the trust', 'Chair of the board']) {
    await be(page, title)
    await page.to('/roles')
    assert.ok((await main(page)).includes(name), title)
    await follow(page.locator('main section', { hasText: name }).locator('button:has-text("Say yes")'))
  }
  await page.to('/roles')
  assert.ok(!(await main(page)).includes(name), 'the role is still proposed')
}

async function approves (page) {
  await be(page, 'Chair of the board')
  await link(page, 'Versions of the policy')
  await link(page, 'Version 2')
  assert.match(await main(page), /What changes for whom[\s\S]*Teacher[\s\S]*5\.2a/)
  await day(page, 'day', new Date(Date.now() + 24 * 3600 * 1000))
  await choose(page, 'No: those alone')
  await press(page, 'Approve this version')
  await page.to('/versions')
  assert.doesNotMatch(await main(page), /Waits to be approved/)
}

async function barred (page) {
  await be(page, 'Parent or carer')
  assert.match(await main(page), /Your children here/)
  await be(page, 'Parent under a bar')
  assert.doesNotMatch(await main(page), /Your children here/)
}

async function standsIn (page) {
  await be(page, 'Stands in for the safeguarding lead')
  await page.to('/who')
  assert.match(await main(page), /safeguarding lead/i)
}

for (const [name, options, look] of ways) {
  test(`one press, and you are any of them, ${name}`, () => everybody(options, look, options.viewport === PHONE))
  test(`and then somebody else, ${name}`, () => nobodyMore(options, look))
}
test('with the keyboard alone', byKeyboard)
for (const [name, step] of Object.entries({ signs, asks, reads, leads, proposes, approves, barred, standsIn })) {
  test(`the first five minutes: ${name}`, async () => {
    const page = await visit(browser, demo, { viewport: DESK, script: false })
    await step(page)
    await leave(page)
  })
}
test('the server ends as it should, and its log says no name', async () => {
  assert.doesNotMatch(demo.server.log, /Ottermere|Larkmere|person=|year nine|Ashdown/)
  assert.equal(await demo.stop(), 0)
})

demo = await openDemo()
browser = await launch()
await run()
await browser.close()
