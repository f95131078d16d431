// May I? to act to task to done in a real browser, as a teacher, a safeguarding lead and a head: asking ends with nothing kept, one
// press tells, what has happened becomes a task with its clause, what is overdue has a list. On a phone and at a desk, without
// JavaScript too; axe on every page. Prints TAP.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { DESK, PHONE, launch, leave } from './browser.mjs'
import { settled, suite } from './checks.mjs'
import { finish, start, stories } from './journey.mjs'
import { day, enter, heading, inSchoolWithout, link, press } from './people.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const pictures = process.env.LANYARD_PICTURES // a folder to look at the pages by eye
let browser

const main = page => page.locator('main').innerText()
const noNames = page => {
  for (const address of page.addresses) assert.doesNotMatch(address, /teacher|pupil|keeper|\?/i, address)
}

// axe, and a picture where somebody wants to see it.
const looking = (look, name) => async (page, where) => {
  await look(page, where)
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name}-${where.replaceAll(/[^a-z0-9]+/gi, '-')}.png`, fullPage: true })
}

async function ask (page, school, story) {
  await start(page, school.server.address, story)
  await finish(page, school.server.address, story)
}

async function onlyAsking (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await ask(page, school, stories.refused)
  const words = await main(page)
  assert.ok(words.indexOf('Somebody has to know of this at once') < words.indexOf('What to do'))
  assert.match(words, /Nothing was recorded and nobody was told/)
  await look(page, 'the answer')
  await press(page, 'I was only asking')
  await page.to('/tasks')
  assert.match(await main(page), /Nothing waits for you/)
  await look(page, 'no task')
  await leave(page)
}

async function tellThem (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await ask(page, school, stories.refused)
  await press(page, 'Tell them now')
  assert.equal(await heading(page), 'It is recorded')
  assert.match(await main(page), /999[\s\S]*Your tasks[\s\S]*done/)
  await look(page, 'told in one press')
  noNames(page)
  await leave(page)
  const dsl = await enter(browser, school, 'dsl', options)
  await dsl.to('/tasks')
  assert.match(await main(dsl), /Somebody told you something/)
  await look(dsl, 'the lead was told')
  await leave(dsl)
}

async function happened (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await ask(page, school, { ...stories.refused, done: 'yes' })
  await day(page, 'happened', new Date(Date.now() - 24 * 3600 * 1000))
  await press(page, 'This has happened')
  assert.equal(await heading(page), 'It is recorded')
  await look(page, 'what has happened')
  await page.to('/tasks')
  assert.match(await main(page), /Overdue/)
  await look(page, 'tasks')
  await press(page, 'I am on it')
  assert.match(await main(page), /It is done/)
  await leave(page)
}

async function overdue (school, options, look) {
  const head = await enter(browser, school, 'head', options)
  await head.to('/home')
  await look(head, 'home of the head')
  await head.to('/overdue')
  assert.match(await main(head), /Late since/)
  await look(head, 'overdue')
  await link(head, 'designated safeguarding lead')
  await look(head, 'a task of somebody else')
  await leave(head)
}

async function done (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await page.to('/tasks')
  await link(page, 'Why, or let it go')
  assert.match(await main(page), /Why[\s\S]*What became of it/)
  await look(page, 'one task')
  await page.locator('summary:has-text("Let it go")').first().click()
  await press(page, 'Let it go')
  assert.match(await page.title(), /^Error: A task/)
  await look(page, 'let go, without a reason')
  await page.fill('#note', 'I rang the lead')
  await press(page, 'It is done')
  assert.doesNotMatch(await main(page), /Overdue/)
  await look(page, 'done')
  noNames(page)
  await leave(page)
}

for (const [where, options, look] of ways) {
  test('May I? to act to task to done ' + where, () => inSchoolWithout(['accept-request', 'Tom', 'rang'], async school => {
    const see = looking(look, where.replaceAll(' ', '-'))
    await onlyAsking(school, options, see)
    await tellThem(school, options, see)
    await happened(school, options, see)
    await overdue(school, options, see)
    await done(school, options, see)
  }))
}

browser = await launch()
await run()
await browser.close()
