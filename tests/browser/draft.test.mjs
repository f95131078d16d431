// The words of a draft in a real browser: a coach on a phone types the caption, sees what is found and why, takes what is proposed, and is
// told otherwise; a stranger is told of no name; too much is said so and nothing is lost. On a phone and at a desk, without JavaScript
// too, and with the keyboard alone; axe on every page; no word of it in an address or in the log. Prints TAP.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { DESK, PHONE, follow, followKey, launch, leave, open } from './browser.mjs'
import { settled, suite, tabTo } from './checks.mjs'
import { answerOne, finish, go, start } from './journey.mjs'
import { enter, heading, inSchoolWithout, link, press } from './people.mjs'
import { startServer } from './serve.mjs'

const { test, run } = suite()
const ways = [
  ['at 360 px', { viewport: PHONE }, settled],
  ['at 1280 px', { viewport: DESK }, settled],
  ['at 360 px without JavaScript', { viewport: PHONE, script: false }, async () => {}] // where axe has none either
]
const pictures = process.env.LANYARD_PICTURES // a folder to look at the pages by eye
const CAPTION = 'What a match! 3-1 in the rain.\nPia Pupil scored twice <b>in</b> the second half.\nCall me on 07700 900123 for the next one. #UpTheRovers'
const story = { actor: ['teacher'], act: 'post', done: 'no', other: [], via: ['official-account'], answers: [] }
const SECRETS = ['Pia', 'scored', '900123', 'Rovers', 'Wilhelmina']
let browser

const main = page => page.locator('main').innerText()

// axe, and a picture where somebody wants to see it.
const looker = (look, name) => async (page, where) => {
  await look(page, where)
  if (!pictures) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, '-')}-${where.replace(/\W+/g, '-')}.png`, fullPage: true })
}

const inSchool = work => inSchoolWithout(SECRETS, work)

const secret = page => {
  for (const address of page.addresses) for (const words of [...SECRETS, '?']) assert.ok(!address.includes(words), address)
}

// To the page about how, where the box is.
async function toBox (page, address) {
  await start(page, address, { ...story, done: 'no' })
  await page.goto(address + '/may/how')
}

async function aCaption (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await toBox(page, school.server.address)
  await look(page, 'the box')
  await page.fill('#words', CAPTION)
  await go(page)
  await finish(page, school.server.address, story)
  const words = await main(page)
  assert.match(words, /Your words/)
  assert.match(words, /“Pia Pupil”: The full name of a pupil; on this page pupil named 1/)
  assert.match(words, /A full name is given: yes, of pupil named 1 \(.*4\.4/)
  assert.match(words, /Proposal: write “Pia P”/)
  assert.match(words, /Proposal: leave it out/)
  const marks = await page.locator('.lanyard-draft').first().locator('mark').allInnerTexts()
  assert.ok(marks.includes('Pia Pupil') && marks.includes('07700 900123'), marks.join(' | '))
  assert.equal(await page.locator('.lanyard-draft b').count(), 0)
  await look(page, 'the answer')
  await follow(page.locator('.lanyard-draft a').first()) // to its note, on the same page
  assert.match(page.url(), /\/may\/answer#found-1$/)
  await press(page, 'Use the proposed words')
  await finish(page, school.server.address, story)
  const after = await main(page)
  assert.doesNotMatch(after, /Pia Pupil|07700/)
  assert.match(after, /Pia P \(note 1\) scored twice <b>in<\/b> the second half\.\nCall me on for the next one\./)
  await look(page, 'the answer to the proposed words')
  await link(page, 'Change the words')
  assert.match(await page.inputValue('#words'), /Pia P scored twice/)
  await look(page, 'the words')
  await page.fill('#words', '  \n ')
  await go(page)
  await finish(page, school.server.address, story)
  assert.doesNotMatch(await main(page), /Your words/)
  secret(page)
  await leave(page)
}

async function aQuestion (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await toBox(page, school.server.address)
  await page.fill('#words', 'A warm day.\nI saw Pia at the gate.')
  await go(page)
  for (let tries = 0; tries < 30 && await page.locator('text=In your words:').count() === 0; tries++) await answerOne(page)
  assert.match(await main(page), /A first name, as of a pupil: “I saw Pia at the gate\.”/)
  await look(page, 'a question with its place')
  secret(page)
  await leave(page)
}

async function againstWhatStands (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  const personal = { ...story, via: ['personal-account'], answers: [['', 'no']] }
  await start(page, school.server.address, personal)
  await finish(page, school.server.address, personal)
  await link(page, 'Add the words you want to use')
  await page.fill('#words', 'Our school is awful, and the headteacher is a liar.')
  await go(page)
  await finish(page, school.server.address, personal)
  assert.match(await main(page), /Something that you answered no to stands in your words/)
  assert.match(await main(page), /You said no to this, but it stands in your words, and that counts\./)
  await look(page, 'against what was said')
  await leave(page)
}

async function tooMuch (school, options, look) {
  const page = await enter(browser, school, 'teacher', options)
  await toBox(page, school.server.address)
  await page.fill('#words', 'Wilhelmina '.repeat(1000))
  await go(page)
  assert.match(await page.title(), /^Error: /)
  assert.match(await page.locator('#words-error').innerText(), /too long/)
  assert.match(await page.inputValue('#words'), /^Wilhelmina Wilhelmina/)
  assert.ok(await page.locator('input[value="official-account"]').isChecked())
  await look(page, 'the box, with an error')
  await page.fill('#words', '')
  await go(page)
  await page.goto(school.server.address + '/may/words')
  assert.equal(await page.inputValue('#words'), '')
  secret(page)
  await leave(page)
}

for (const [way, options, look] of ways) {
  test('a caption is marked, and put otherwise ' + way, () => inSchool(async school => {
    await aCaption(school, options, looker(look, 'caption ' + way))
    await aQuestion(school, options, looker(look, 'question ' + way))
    await againstWhatStands(school, options, looker(look, 'against ' + way))
    await tooMuch(school, options, looker(look, 'too much ' + way))
  }))
}

test('the words with the keyboard alone', () => inSchool(async school => {
  const page = await enter(browser, school, 'teacher')
  await toBox(page, school.server.address)
  await tabTo(page, '#words')
  await page.keyboard.type('Pia Pupil scored.')
  await tabTo(page, 'main form button')
  await followKey(page, 'Enter')
  await finish(page, school.server.address, story)
  await tabTo(page, '.lanyard-draft a')
  await followKey(page, 'Enter')
  assert.match(page.url(), /#found-1$/)
  await tabTo(page, 'form[action="/may/words/proposed"] button')
  await followKey(page, 'Enter')
  await finish(page, school.server.address, story)
  assert.match(await main(page), /Pia P \(note 1\) scored\./)
  await leave(page)
}))

test('a stranger and a pupil are told of no name', () => inSchool(async school => {
  for (const who of [null, 'pupil', 'parent']) {
    const page = who ? await enter(browser, school, who) : await open(browser)
    await toBox(page, school.server.address)
    assert.match(await main(page), /names of people here only for staff who are signed in/)
    await page.fill('#words', CAPTION)
    await go(page)
    await finish(page, school.server.address, { ...story, shown: [] })
    assert.doesNotMatch(await main(page), /full name of a pupil/)
    assert.match(await main(page), /“07700 900123”: A mobile number/)
    await leave(page)
  }
}))

test('a policy alone looks at words too, and Compare does not', async () => {
  const server = await startServer()
  const page = await open(browser)
  await toBox(page, server.address)
  await page.fill('#words', CAPTION)
  await go(page)
  await finish(page, server.address, story)
  assert.match(await main(page), /A mobile number/)
  assert.equal(await heading(page), await page.locator('.lanyard-verdict h1').innerText())
  await press(page, 'Start again')
  await page.goto(server.address + '/may/words')
  assert.match(page.url(), /\/may$/)
  secret(page)
  for (const words of SECRETS) assert.ok(!server.log.includes(words), words + ' in the log')
  await leave(page)
  assert.equal(await server.stop(), 0)
})

browser = await launch()
await run()
await browser.close()
