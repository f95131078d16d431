// Files of people in a real browser: a file is looked at and brought in, the same again changes nothing, a table goes by a mapping
// that is kept, a bad file is told kindly, and one that takes many out waits for somebody else; on a phone and at a desk, without
// JavaScript too; axe on every page; no name in an address or in the log. Prints TAP.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DESK, PHONE, launch, leave } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { makeFiles } from './import.mjs'
import { choose, enter, heading, inSchoolWithout, link, press } from './people.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const PATIENCE = 120000 // the machine may be busy with other tests
const PEOPLE = 40
const folder = mkdtempSync(path.join(tmpdir(), 'lanyard-import-'))
const files = makeFiles(folder, PEOPLE)
let browser

const inSchool = work => inSchoolWithout(files.names, work)

async function arrive (school, who, options) {
  const page = await enter(browser, school, who, options)
  page.setDefaultTimeout(PATIENCE)
  return page
}

const main = page => page.locator('main').innerText()

async function finished (page) {
  assert.ok(page.addresses.length > 0)
  for (const address of page.addresses) {
    assert.ok(!address.includes('?'), address)
    for (const name of files.names) assert.ok(!decodeURIComponent(address).includes(name), address)
  }
  await leave(page)
}

// As far as the page that says what the file would change.
async function bring (page, file, ...choices) {
  await page.to('/imports/new')
  await page.setInputFiles('#people', file)
  for (const words of choices) await choose(page, words)
  await press(page, 'Look at it')
}

async function wrongFile (page, file, words, where, look, ...choices) {
  await bring(page, file, ...choices)
  assert.match(await page.title(), /^Error: Bring a file of people/, where)
  const said = (await page.locator('#people-error').innerText()).replace(/^Error:\s*/, '')
  assert.match(said, words, where)
  assert.match(said, /^["A-Z].*[^.]$/, where)
  assert.doesNotMatch(said, /\.\./, where)
  assert.equal(await page.locator('.govuk-error-summary a[href="#people"]').count(), 1, where)
  await look(page, where)
}

async function badFiles (school, options, look) {
  const page = await arrive(school, 'admin', options)
  await page.to('/home')
  await link(page, 'Files of people')
  assert.match(await main(page), /No file was brought yet/)
  await look(page, 'files, none')
  await link(page, 'Bring a file')
  await look(page, 'bring')
  await press(page, 'Look at it')
  assert.match(await page.locator('#people-error').innerText(), /Choose a file/)
  await look(page, 'bring, no file')
  await wrongFile(page, files.torn, /ZIP/, 'a file that was torn off', look)
  await wrongFile(page, files.table, /mapping/, 'a table without a mapping', look, 'Any other table')
  assert.ok(await page.locator('input[name="format"][value="csv"]').isChecked(), 'the choice is forgotten')
  await page.to('/imports')
  assert.match(await main(page), /No file was brought yet/)
  await finished(page)
}

async function bringWhole (school, options, look) {
  const page = await arrive(school, 'admin', options)
  await bring(page, files.whole)
  assert.equal(await heading(page), 'What this file would change')
  const said = await main(page)
  assert.match(said, new RegExp(`${PEOPLE} people in the file\\. ${PEOPLE} people join, 0 change, 0 leave; `))
  assert.match(said, /And 20 more\./)
  assert.ok(files.people.some(person => said.includes(person)), 'who joins is not named')
  await look(page, 'what would change')
  const here = page.url()
  await page.to('/people')
  assert.match(await main(page), /of 12\d/, 'looking has changed something')
  await page.goto(here)
  await press(page, 'Bring it in')
  assert.equal(await heading(page), 'What became of this file')
  assert.match(await main(page), /Brought in/)
  await look(page, 'brought in')
  await page.to('/people')
  assert.match(await main(page), /of 16\d/)
  await bring(page, files.whole)
  assert.match(await main(page), /Nothing changes\./)
  assert.equal(await page.locator('main button:has-text("Bring it in")').count(), 0)
  await look(page, 'the same again')
  await press(page, 'Note that nothing changes')
  assert.match(await main(page), /Brought in[\s\S]*0 join, 0 change, 0 leave/)
  await finished(page)
}

async function bringTable (school, options, look) {
  const page = await arrive(school, 'admin', options)
  await page.to('/imports')
  await link(page, 'Mappings')
  await look(page, 'mappings')
  await page.fill('#name', 'nightly')
  await page.fill('#mapping', 'Password = source id')
  await press(page, 'Keep it')
  assert.match(await page.title(), /^Error: Mappings/)
  assert.match(await page.locator('#mapping-error').innerText(), /password/i)
  await look(page, 'a mapping that is wrong')
  await page.fill('#mapping', readFileSync(files.mapping, 'utf8'))
  await press(page, 'Keep it')
  assert.equal(await page.locator('#mapping-error').count(), 0)
  assert.match(await main(page), /nightly/)
  await look(page, 'a mapping that is kept')
  await bring(page, files.table, 'nightly')
  assert.match(await main(page), /A table, by the mapping nightly[\s\S]*people in the file\. [1-9]/)
  await look(page, 'what a table would change')
  await press(page, 'Bring it in')
  assert.match(await main(page), /Brought in/)
  await bring(page, files.table, 'nightly')
  assert.match(await main(page), /Nothing changes\./)
  await finished(page)
}

// The bringer's own yes, sent past the page that has no button for it.
async function sayYesAnyway (page) {
  const fields = {}
  for (const field of await page.locator('form[action="/imports/refuse"] input').all()) {
    fields[await field.getAttribute('name')] = await field.getAttribute('value')
  }
  const origin = new URL(page.url()).origin
  return page.context().request.post(origin + '/imports/accept', { form: fields, headers: { Origin: origin } })
}

async function cutFile (school, options, look) {
  const admin = await arrive(school, 'admin', options)
  await bring(admin, files.cut)
  assert.match(await main(admin), /20 of 40 people would leave at once[\s\S]*Who leaves/)
  await look(admin, 'many would leave')
  await press(admin, 'Ask for a yes')
  assert.match(await main(admin), /Waits for a yes[\s\S]*other than whoever brought it/)
  assert.equal(await admin.locator('main button:has-text("Say yes")').count(), 0)
  await look(admin, 'it waits, for whoever brought it')
  const refused = await sayYesAnyway(admin)
  assert.equal(refused.status(), 403)
  assert.match(await refused.text(), /No clause allows you to do this/)
  await admin.reload()
  assert.match(await main(admin), /Waits for a yes/)
  const office = await arrive(school, 'office', options)
  await office.goto(admin.url())
  assert.equal(await office.locator('main button:has-text("Say yes")').count(), 0)
  assert.match(await main(office), /Waits for a yes/)
  await look(office, 'it waits, for the office')
  await sayYes(school, options, look)
  await admin.to('/tasks')
  assert.doesNotMatch(await main(admin), /waits for a yes/)
  await admin.goto(office.url())
  assert.match(await main(admin), /Brought in/)
  await admin.to('/imports')
  await look(admin, 'files, several')
  await finished(admin)
  await finished(office)
}

async function sayYes (school, options, look) {
  const head = await arrive(school, 'head', options)
  await head.to('/tasks')
  assert.match(await main(head), /A file of people waits for a yes/)
  await look(head, 'tasks')
  await link(head, 'Look at the file')
  assert.match(await main(head), /20 of 40 people would leave at once/)
  await look(head, 'it waits, for the head')
  await press(head, 'Say yes: bring it in')
  assert.equal(await heading(head), 'What became of this file')
  assert.match(await main(head), /Brought in/)
  await look(head, 'the head said yes')
  await finished(head)
}

for (const [where, options, look] of ways) {
  test(`files of people: all of it ${where}`, () => inSchool(async school => {
    await badFiles(school, options, look)
    await bringWhole(school, options, look)
    await cutFile(school, options, look)
    await bringTable(school, options, look)
  }))
}

browser = await launch()
await run()
await browser.close()
rmSync(folder, { recursive: true })
