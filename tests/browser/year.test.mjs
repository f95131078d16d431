// A school's year in a browser, on the demo: a version that names an empty post is not approved, one that does not is, and binds;
// whom it concerns signs; something happens, becomes tasks, falls overdue where leaders see it, and is done; and the home page of
// everybody. As each role, on a phone and at a desk, without JavaScript; and with it for axe, on every page. Prints TAP.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DESK, PHONE, follow, launch, leave } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { be, openDemo, titles, visit } from './demo.mjs'
import { finish, start, stories } from './journey.mjs'
import { choose, day, heading, link, press } from './people.mjs'
import { program } from './serve.mjs'

const { test, run } = suite()
const pictures = process.env.LANYARD_PICTURES // a folder to look at the pages by eye
const ways = [
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, narrow],
  ['at 1280 px without JavaScript', { viewport: DESK, script: false }, narrow],
  ['at 360 px, axe on every page', { viewport: PHONE }, settled],
  ['at 1280 px, axe on every page', { viewport: DESK }, settled]
]
const LEADERS = ['Headteacher', 'Head of the trust', 'Chair of the board', 'Governor or trustee']
const policy = readFileSync(path.join(path.dirname(program), 'demo/policy.md'), 'utf8')
let browser

const main = page => page.locator('main').innerText()
const red = page => page.locator('.lanyard-overdue').allInnerTexts()

// Without JavaScript there is no axe; that nothing runs out of the screen shows in the widest box.
async function narrow (page, where) {
  const width = page.viewportSize().width
  for (const box of await page.locator('main, main > *, header').all()) {
    const at = await box.boundingBox()
    assert.ok(at === null || at.x + at.width <= width + 1, `${where}: wider than the screen`)
  }
}

const looking = (look, name) => async (page, where) => {
  await look(page, where)
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${where.replaceAll(/[^a-z0-9]+/gi, '-')}-${name}.png`, fullPage: true })
}

// ---- publishing ----

async function bring (page, text, look, where) {
  await be(page, 'Administrator')
  await page.to('/versions/bring')
  await page.locator('input[type="file"]').setInputFiles({ name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
  await press(page, 'Send the file')
  await look(page, where)
  assert.match(page.url(), /\/versions\/[0-9a-f]{32}$/)
  return page.url()
}

// Everything but the list of whom it binds.
const turnTo = (text, one, other) => text.split('\n').map(line => line.startsWith('- ') ? line : line.replaceAll(one, other)).join('\n')

async function publishing (page, look) {
  const hasty = await bring(page, turnTo(policy, 'the managing partner', 'the programme champion').replace('version: 1', 'version: 2'), look, 'a version that turns to an empty post')
  assert.match(await main(page), /Programme champion/)
  const address = await bring(page, policy.replace('version: 1', 'version: 3').replace('WITHIN immediately', 'WITHIN 1 hour'), look, 'what a version changes')
  assert.doesNotMatch(await main(page), /Posts that stand empty/)
  await be(page, 'Chair of the board')
  assert.match(await main(page), /A version of the policy waits for a decision/)
  await look(page, 'home of the chair, versions wait')
  await page.goto(hasty)
  assert.match(await main(page), /Posts that stand empty/)
  await look(page, 'an empty post, for who approves')
  await page.goto(address)
  await choose(page, 'No: those alone')
  await press(page, 'Approve this version')
  assert.match(await main(page), /In force since/)
  await look(page, 'approved')
  await page.context().clearCookies()
  await page.to('/')
  await look(page, 'the first page')
  await page.to('/policy')
  await page.to('/policy/versions')
  assert.match(await main(page), /In force since/)
  await look(page, 'all versions, for everybody')
}

// ---- signing ----

async function signing (page, look) {
  await be(page, 'Teacher')
  await look(page, 'home of a teacher, to sign')
  await link(page, 'Sign the policy')
  await look(page, 'to sign')
  await choose(page, 'I have read')
  await press(page, 'Sign')
  await look(page, 'signed')
  await page.to('/home')
  assert.doesNotMatch(await main(page), /Sign the policy/)
  await be(page, 'Parent or carer')
  assert.match(await main(page), /Your children here/)
  await look(page, 'home of a parent')
}

// ---- what happens ----

async function happens (page, demo, look) {
  await be(page, 'Teacher')
  await start(page, demo.server.address, { ...stories.refused, done: 'yes' })
  await finish(page, demo.server.address, { ...stories.refused, done: 'yes' })
  await look(page, 'an answer that somebody has to know of')
  for (const about of await page.locator('main select').all()) await about.selectOption({ label: 'No, about none of them' })
  await day(page, 'happened', new Date(Date.now() - 24 * 3600 * 1000))
  await press(page, 'This has happened')
  assert.equal(await heading(page), 'It is recorded')
  await look(page, 'recorded')
  await page.to('/home')
  assert.match((await red(page)).join(), /waits? for you (is|are) overdue/)
  await look(page, 'home of a teacher, overdue')
}

async function overdue (page, look) {
  await be(page, 'Headteacher')
  assert.match((await red(page)).join(), /overdue where you lead/)
  await look(page, 'home of a head, overdue')
  await follow(page.locator('.lanyard-overdue a').first())
  assert.match(await main(page), /Late since/)
  await look(page, 'overdue')
  await page.to('/overview')
  assert.match(await main(page), /Overdue tasks\s+[1-9]/)
}

async function done (page, look) {
  await be(page, 'Teacher')
  await page.to('/tasks')
  await look(page, 'tasks of a teacher')
  for (let left = 20; left > 0 && await page.locator('main button:has-text("It is done")').count() > 0; left--) {
    await press(page, 'It is done')
    await page.to('/tasks')
  }
  assert.match(await main(page), /Nothing waits for you/)
  await page.to('/home')
  assert.deepEqual(await red(page), [])
}

// ---- everybody ----

async function homes (page, demo, look) {
  for (const title of new Set(await titles(page))) {
    await be(page, title)
    assert.match(await heading(page), /^Hello, /, title)
    await look(page, 'home of ' + title)
    const links = await page.locator('main a').evaluateAll(all => all.map(one => one.getAttribute('href'))).catch(() => [])
    for (const address of links) {
      const answer = await page.request.get(demo.server.address + address)
      assert.equal(answer.status(), 200, `${title}: ${address}`)
    }
    await page.to('/demo')
  }
}

async function leads (page, look) {
  for (const title of LEADERS) {
    await be(page, title)
    await link(page, 'How things stand')
    assert.match(await main(page), /Staff and others who signed/)
    await look(page, 'how things stand, for ' + title)
  }
  for (const title of ['Teacher', 'Office', 'Pupil', 'Parent or carer', 'Administrator']) {
    await be(page, title)
    assert.equal((await page.to('/overview')).status(), 403, title)
  }
  page.troubles.length = 0 // the browser grumbles about each of these
}

for (const [where, options, look] of ways) {
  test('a school\'s year ' + where, async () => {
    const demo = await openDemo()
    const see = looking(look, where.replaceAll(/[ ,]+/g, '-'))
    try {
      const page = await visit(browser, demo, options)
      await publishing(page, see)
      await signing(page, see)
      await happens(page, demo, see)
      await overdue(page, see)
      await leads(page, see)
      await done(page, see)
      await page.to('/demo')
      if (look === narrow || options.viewport === DESK) await homes(page, demo, see) // on a phone demo.test.mjs has axe look at them
      await leave(page)
      assert.doesNotMatch(demo.server.log, /Ottermere|Larkmere|accept-request|person=/)
    } finally {
      assert.equal(await demo.stop(), 0)
    }
  })
}

browser = await launch()
await run()
await browser.close()
