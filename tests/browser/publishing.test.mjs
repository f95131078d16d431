// Publishing in a real browser: the office brings a new version as a file, then a wrong one by pasting; a trustee sees what it
// changes for whom and approves it; everybody reads it. On a phone and at a desk, without JavaScript too, axe on every page; no
// name in an address or in the log. Prints TAP.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { DESK, PHONE, launch, leave, open } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { choose, day, enter, heading, inSchoolWithout, link, press } from './people.mjs'
import { policy } from './serve.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const SECRETS = ['Robin', 'Olive', 'Gail']
const main = page => page.locator('main').innerText()
const text = readFileSync(path.join(policy, 'policy.md'), 'utf8')
const pictures = process.env.LANYARD_PICTURES
let browser

// What was advised against is forbidden, under a number of its own.
const advice = 'staff SHOULD NOT mention the organisation as employer'
const next = text.replace(/^version: .*$/m, 'version: next').replace(advice, advice.replace('SHOULD', 'MUST'))
assert.ok(text.includes(advice))

const wrong = '---\npolicy: hill\ntitle: Hill\nversion: 2\nin force from: 2026-09-01\nnorms: hill\n---\n# Hill\n\n' +
  '## Start\n\n### Friends {#c-1}\nNobody does.\nnorms: hill-1\n```rule\nstaff MUST NOT frobnicate\n```\n'

const inSchool = work => inSchoolWithout(SECRETS, work)

const looking = settle => async (page, name) => {
  await settle(page, name)
  if (pictures) await page.screenshot({ path: path.join(pictures, name.replace(/\W+/g, '-') + '-' + page.viewportSize().width + '.png'), fullPage: true })
}

async function bring (school, options, look) {
  const page = await enter(browser, school, 'office', options)
  await page.to('/policy')
  await link(page, 'Bring or approve a version')
  await look(page, 'versions')
  await link(page, 'Bring a new version')
  await look(page, 'bring')
  await page.fill('#text', wrong)
  await press(page, 'Send the text')
  assert.match(await page.title(), /^Error: /)
  assert.match(await main(page), /What to put right[\s\S]*policy\.md, line \d+/)
  assert.match(await page.inputValue('#text'), /frobnicate/)
  await look(page, 'bring, with problems')
  await page.setInputFiles('#file', { name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from(next) })
  await press(page, 'Send the file')
  assert.equal(await heading(page), 'Version next')
  const said = await main(page)
  assert.match(said, /Waits to be approved/)
  assert.match(said, /somebody else approves it/)
  assert.equal(await page.locator('main button:has-text("Approve")').count(), 0)
  await look(page, 'brought')
  for (const address of page.addresses) assert.doesNotMatch(address, /next|\?/, address)
  await leave(page)
}

async function approve (school, options, look) {
  const page = await enter(browser, school, 'agovernor', options)
  await page.to('/tasks')
  assert.match(await main(page), /A version of the policy waits for a decision/)
  await page.to('/versions')
  await link(page, 'Version next')
  assert.match(await main(page), /What changes for whom[\s\S]*It said:[\s\S]*It says:/)
  await look(page, 'what changes')
  await press(page, 'Approve this version')
  assert.match(await page.title(), /^Error: /)
  await look(page, 'approve, with errors')
  const tomorrow = new Date(Date.now() + 24 * 3600 * 1000)
  await day(page, 'day', tomorrow)
  await choose(page, 'Yes: everybody signs again')
  await page.fill('#why', 'Many have it in their profile.')
  await page.fill('#minute', 'Board, item 7')
  await press(page, 'Approve this version')
  assert.match(await main(page), /Approved, in force from[\s\S]*Governor or trustee[\s\S]*Board, item 7/)
  await look(page, 'approved')
  await leave(page)
}

async function read (school, options, look) {
  const page = await open(browser, options)
  await page.goto(school.server.address + '/policy')
  assert.match(await main(page), /In force since/)
  await look(page, 'policy')
  await link(page, 'Earlier and coming versions')
  assert.match(await main(page), /Version next\s+Approved, in force from/i)
  await look(page, 'public versions')
  await link(page, 'Version next')
  assert.match(await main(page), /Approved by\s+Governor or trustee/)
  await look(page, 'public version')
  await leave(page)
}

for (const [way, options, settle] of ways) {
  test('from the file to everybody ' + way, () => inSchool(async school => {
    const look = looking(settle)
    await bring(school, options, look)
    await approve(school, options, look)
    await read(school, options, look)
  }))
}

test('an earlier visitor of the page meets the new form: a version that was decided on says so', () => inSchool(async school => {
  const office = await enter(browser, school, 'office', { viewport: DESK })
  await office.to('/versions/bring')
  await office.setInputFiles('#file', { name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from(next) })
  await press(office, 'Send the file')
  const address = new URL(office.url()).pathname
  const one = await enter(browser, school, 'agovernor', { viewport: DESK })
  const two = await enter(browser, school, 'head', { viewport: DESK })
  for (const page of [one, two]) {
    await page.to(address)
    await day(page, 'day', new Date(Date.now() + 48 * 3600 * 1000))
    await choose(page, 'No: those alone')
  }
  await press(one, 'Approve this version')
  await press(two, 'Approve this version')
  assert.match(await main(two), /was approved meanwhile/)
}))

browser = await launch()
await run()
await browser.close()
