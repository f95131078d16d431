// Signing in a real browser: a teacher and, where the policy binds them, a parent read it and sign; the office records a sheet
// and training; the head sees who has and who has not. On a phone and at a desk, without JavaScript too, axe on every page; no
// name in an address or in the log; the certificate leaves the browser and holds. Prints TAP.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DESK, PHONE, follow, followKey, launch, leave } from './browser.mjs'
import { settled, suite, tabTo } from './checks.mjs'
import { choose, day, enter, heading, inSchoolWithout, link, press } from './people.mjs'
import { program } from './serve.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const lanyard = path.join(path.dirname(program), 'lanyard')
const SECRETS = ['Teacher', 'Una', 'Tom', 'Pupil', 'Paul', 'Hilda']
const main = page => page.locator('main').innerText()
let browser

const inSchool = work => inSchoolWithout(SECRETS, work)

const noNames = page => {
  for (const address of page.addresses) assert.doesNotMatch(address, /una|tom|pupil%|paul|\?/i, address)
}

async function signs (school, who, as, options, look) {
  const page = await enter(browser, school, who, options)
  await page.to('/sign')
  await look(page, 'sign as ' + who)
  assert.equal(await heading(page), 'Sign the policy')
  const text = await main(page)
  assert.match(text, new RegExp('For you as an? ' + as))
  assert.ok(text.indexOf('For you as') < text.indexOf('The whole policy'))
  assert.ok(text.length > 20000, 'the whole text')
  await press(page, 'Sign')
  assert.match(await page.title(), /^Error: /)
  await look(page, 'sign, with an error')
  await choose(page, 'I have read')
  await press(page, 'Sign')
  assert.match(await heading(page), /You have signed the policy/)
  await look(page, 'signed')
  await page.reload()
  assert.match(await heading(page), /You have signed the policy/)
  await link(page, 'Your certificate')
  assert.equal(await heading(page), 'Certificate of a signature')
  await look(page, 'certificate')
  await page.to('/sign')
  assert.match(await heading(page), /nothing for you to sign/)
  await look(page, 'nothing to sign')
  noNames(page)
  return page
}

// What the browser saves is checked by the program, with the log's key and without the record.
async function keeps (page) {
  await link(page, 'The certificate of your last signature')
  const address = await page.locator('main a:has-text("as a file")').getAttribute('href')
  const text = await page.evaluate(async at => (await fetch(at)).text(), address).catch(() => null)
  if (text === null) return // no script runs in this page
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'lanyard-certificate-')), 'certificate.txt')
  const vkey = text.match(/^vkey: (.*)$/m)[1]
  writeFileSync(file, text)
  assert.match(execFileSync(lanyard, ['verify', '--certificate', file, '--vkey', vkey], { encoding: 'utf8' }), /whole and tied/)
  writeFileSync(file, text.replace(/^roles: .*$/m, 'roles: headteacher'))
  assert.throws(() => execFileSync(lanyard, ['verify', '--certificate', file, '--vkey', vkey], { stdio: 'ignore' }))
}

async function office (school, options, look) {
  const page = await enter(browser, school, 'office', options)
  const aid = school.people.ateachingassistant.id
  await page.to('/people/' + aid)
  await link(page, 'Record a signature on paper')
  await look(page, 'sheet')
  await press(page, 'Record it')
  assert.match(await page.title(), /^Error: /)
  await look(page, 'sheet, with an error')
  await day(page, 'signed', new Date(Date.now() + 3 * 86400000))
  await press(page, 'Record it')
  assert.match(await main(page), /still to come/)
  await day(page, 'signed', new Date())
  await press(page, 'Record it')
  assert.match(await main(page), /The signature on paper is recorded/)
  await look(page, 'recorded')
  await link(page, 'Record training')
  await look(page, 'training')
  await choose(page, 'Safeguarding')
  await press(page, 'Record it')
  assert.match(await main(page), /The training is recorded/)
  assert.match(await main(page), /Safeguarding, on/)
  await link(page, 'The certificate')
  assert.match(await main(page), /On paper, recorded by/)
  await look(page, 'certificate of a sheet')
  noNames(page)
  await leave(page)
}

async function head (school, options, look) {
  const page = await enter(browser, school, 'head', options)
  await page.to('/coverage')
  await look(page, 'coverage')
  const before = Number((await main(page)).match(/(\d+) of \d+ have signed/)[1])
  assert.equal(before, 3) // the teacher, the parent and the sheet
  await follow(page.locator('main a:has-text("Teacher")').first())
  await look(page, 'who has not')
  assert.match(await main(page), /Teacher, Una/)
  assert.doesNotMatch(await main(page), /Teacher, Tom/)
  assert.match(await main(page), /They have not signed it before/)
  noNames(page)
  await leave(page)
}

for (const [way, options, look] of ways) {
  test(`a teacher and a parent sign, the office records a sheet, the head sees who has: ${way}`, () => inSchool(async school => {
    const teacher = await signs(school, 'teacher', 'teacher', options, look)
    await keeps(teacher)
    await leave(teacher)
    const parent = await signs(school, 'parent', 'parent', options, look)
    await leave(parent)
    await office(school, options, look)
    await head(school, options, look)
  }))
}

test('a teacher signs with the keyboard alone', () => inSchool(async school => {
  const page = await enter(browser, school, 'teacher', { viewport: DESK })
  await page.to('/sign')
  await page.locator('a[href="#read"]').focus()
  await followKey(page, 'Enter')
  await tabTo(page, '#read')
  await page.keyboard.press('Space')
  await tabTo(page, 'main button')
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/sign\/done$/)
  assert.match(await heading(page), /You have signed the policy/)
  await leave(page)
}))

test('who may not see it is refused, and told why', () => inSchool(async school => {
  const page = await enter(browser, school, 'teacher', { viewport: PHONE })
  assert.equal((await page.to('/coverage')).status(), 403)
  assert.equal((await page.to('/certificates/00000000000000000000000000000000')).status(), 404)
  await leave(page)
  const visitor = await enter(browser, school, 'avisitor', { viewport: PHONE })
  await visitor.to('/sign')
  assert.match(await main(visitor), /binds none of the roles/)
  await settled(visitor, 'nothing to sign')
  await leave(visitor)
}))

browser = await launch()
await run()
await browser.close()
