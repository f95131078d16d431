// Compare in a real browser: one question for all policies that ship, and the table of all acts, on a phone and at a desk,
// with the keyboard alone, without JavaScript; axe on every page; what never may be in an address or a log. Prints TAP.
import assert from 'node:assert/strict'
import { DESK, PHONE, follow, followKey, launch, leave, open } from './browser.mjs'
import { settled, suite, tabTo } from './checks.mjs'
import { finish, start, stories } from './journey.mjs'
import { others, policy, startServer } from './serve.mjs'

const { test, run } = suite()
let browser, server
const count = 1 + others.length

const words = async (page, part) => (await page.locator(part).allInnerTexts()).map(text => text.trim())
const openAll = page => page.evaluate(() => document.querySelectorAll('main details').forEach(fold => { fold.open = true }))

async function compared (page, story) {
  await start(page, server.address, story, 'compare')
  return finish(page, server.address, story, 'compare')
}

for (const [size, viewport] of [['360 px', PHONE], ['1280 px', DESK]]) {
  test(`Compare from the navigation to the answers at ${size}`, async () => {
    const page = await open(browser, { viewport })
    await page.goto(server.address + '/')
    await settled(page, 'home')
    await follow(page.locator('.govuk-service-navigation__link:has-text("Compare")'))
    assert.equal(await page.locator('a[aria-current="true"]').innerText(), 'Compare')
    await settled(page, 'table')
    await openAll(page)
    await settled(page, 'table, all folds open')
    await follow(page.locator('a.govuk-button--start'))
    await settled(page, 'who')
    await start(page, server.address, stories.refused, 'compare')
    if (page.url().endsWith('/compare/question')) {
      await settled(page, 'question')
      await follow(page.locator('a:has-text("Compare with what you said so far")'))
      assert.ok(await page.locator('.lanyard-verdict--need-answer').count() > 0)
      await settled(page, 'answers, some of them open')
      await follow(page.locator('a:has-text("Answer the next question")'))
    }
    await finish(page, server.address, stories.refused, 'compare')
    assert.equal(await page.locator('.lanyard-card').count(), count)
    assert.equal(await page.locator('.lanyard-verdict--need-answer').count(), 0)
    await settled(page, 'answers')
    await openAll(page)
    await settled(page, 'answers, all folds open')
    await leave(page)
  })

  test(`the table is ${size === '360 px' ? 'a list of acts' : 'a table'} at ${size}`, async () => {
    const page = await open(browser, { viewport })
    await page.goto(server.address + '/compare')
    const act = page.locator('.lanyard-acts tr', { hasText: 'Accept a friend request' }).first()
    const boxes = await Promise.all((await act.locator('td').all()).map(cell => cell.boundingBox()))
    assert.equal(boxes.length, count)
    const stacked = boxes.every((box, at) => at === 0 || box.y >= boxes[at - 1].y + boxes[at - 1].height - 1)
    assert.equal(stacked, size === '360 px')
    for (const box of boxes) assert.ok(box.x >= 0 && box.x + box.width <= viewport.width, JSON.stringify(box))
    // whose a mark is stands beside it on a phone, at the head of its column at a desk
    assert.equal(await act.locator('.lanyard-whose').first().isVisible(), size === '360 px')
    await leave(page)
  })
}

test('the table says what the policies say of accepting a pupil\'s friend request, and every act once', async () => {
  const page = await open(browser)
  await page.goto(server.address + '/compare')
  const heads = (await words(page, '.lanyard-acts >> nth=0 >> thead th')).slice(1)
  const act = page.locator('.lanyard-acts tr', { hasText: /^Accept a friend request/ }).first()
  const marks = (await act.locator('.lanyard-mark').allInnerTexts()).map(text => text.trim())
  assert.equal(heads.length, count)
  assert.equal(marks[heads.indexOf('Early Life Enterprise')], 'No')
  assert.equal(marks[heads.indexOf('QEGSMAT')], 'Should not')
  await openAll(page)
  const [said, all] = (await page.locator('main strong').first().innerText()).match(/\d+/g).map(Number)
  assert.equal(await page.locator('.lanyard-acts tbody tr').count(), all)
  assert.equal(await page.locator('.lanyard-acts tbody tr:has(.lanyard-whose)').count(), said)
  // a shape and a word beside the colour, everywhere
  assert.equal(await page.locator('.lanyard-mark:not(:has(svg.lanyard-sign use))').count(), 0)
  assert.ok((await words(page, '.lanyard-mark')).every(text => text.length > 1))
  await leave(page)
})

test('the table for somebody else', async () => {
  const page = await open(browser)
  await page.goto(server.address + '/compare')
  const before = await words(page, '.lanyard-acts')
  const form = page.locator('form[action="/compare"]')
  await page.locator('summary:has-text("Ask it for somebody else")').click()
  await form.locator('input[name="actor"][value="teacher"]').uncheck({ force: true })
  await follow(form.locator('button'))
  assert.match(await page.title(), /^Error: /)
  assert.match(await page.locator('.govuk-error-summary').innerText(), /Choose who acts/)
  await settled(page, 'table, with an error')
  await page.locator('form[action="/compare"] input[name="actor"][value="headteacher"]').check({ force: true })
  await page.locator('form[action="/compare"] input[name="other"][value="our-pupil"]').uncheck({ force: true })
  await follow(page.locator('form[action="/compare"] button'))
  assert.match(page.url(), /\/compare$/)
  assert.match(await page.locator('main').innerText(), /Asked for the headteacher\. What is not said counts as no/)
  assert.notDeepEqual(await words(page, '.lanyard-acts'), before)
  await settled(page, 'table for somebody else')
  await leave(page)
})

test('five answers to one question, each with its own clauses and norms', async () => {
  const page = await open(browser)
  await compared(page, stories.refused)
  const cards = page.locator('.lanyard-card')
  const names = await words(page, '.lanyard-card h2')
  const early = cards.nth(names.indexOf('Early Life Enterprise'))
  const qegsmat = cards.nth(names.indexOf('QEGSMAT'))
  assert.match(await early.locator('.lanyard-band-words').innerText(), /^No$/)
  assert.match(await early.innerText(), /At once\s+You must tell the designated safeguarding lead and the online safety coordinator/)
  assert.match(await qegsmat.locator('.lanyard-band-words').innerText(), /^No, you should not$/)
  assert.match(await page.locator('h1').innerText(), new RegExp(`^${count} policies, \\d different answers$`))
  assert.match(await page.locator('main').innerText(), /If a child may be in danger now, call 999/)
  await openAll(page)
  assert.match(await early.innerText(), /earlylife-5\.2a/)
  assert.doesNotMatch(await qegsmat.innerText(), /earlylife-/)
  assert.match(await qegsmat.innerText(), /qegsmat-\d/)
  assert.equal(await qegsmat.locator('a[href^="/policy#"]').count(), 0)
  await follow(early.locator('a[href="/policy#c-5.2a"]').first())
  assert.equal(await page.locator('#c-5\\.2a').count(), 1)
  await leave(page)
})

test('what was said to May I? need not be said again', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.refused)
  await finish(page, server.address, stories.refused)
  await follow(page.locator('a:has-text("What the other policies say")'))
  await finish(page, server.address, stories.refused, 'compare')
  assert.equal(await page.locator('.lanyard-card').count(), count)
  await page.goto(server.address + '/compare')
  assert.match(await page.locator('main').innerText(), /You asked: Accept a friend request from a pupil of ours, using a personal account\./)
  await page.goto(server.address + '/may/answer')
  assert.match(await page.locator('.lanyard-verdict h1').innerText(), /^No/)
  await follow(page.locator('a:has-text("See or change what you said")'))
  assert.match(page.url(), /\/may\/check$/)
  await page.goto(server.address + '/compare/check')
  await follow(page.locator('button:has-text("Start again")'))
  assert.match(page.url(), /\/compare\/who$/)
  await page.goto(server.address + '/compare/answer')
  assert.match(page.url(), /\/compare\/who$/)
  await leave(page)
})

test('Compare works without JavaScript', async () => {
  const page = await open(browser, { viewport: PHONE, script: false })
  await compared(page, stories.allowed)
  assert.equal(await page.locator('.lanyard-card').count(), count)
  await page.locator('.lanyard-fold summary').first().click()
  assert.equal(await page.locator('.lanyard-fold[open]').count() > 0, true)
  await page.goto(server.address + '/compare')
  await page.locator('summary:has-text("Ask it for somebody else")').click()
  await follow(page.locator('form[action="/compare"] button'))
  assert.match(page.url(), /\/compare$/)
  await leave(page)
})

test('Compare works with the keyboard alone', async () => {
  const page = await open(browser)
  await page.goto(server.address + '/')
  await tabTo(page, '.govuk-service-navigation__link[href="/compare"]')
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/compare$/)
  await tabTo(page, 'a.govuk-button--start')
  await tabTo(page, '.lanyard-fold summary')
  await page.keyboard.press('Enter')
  await tabTo(page, 'form[action="/compare"] input[name="actor"]')
  await page.keyboard.press('Space')
  await tabTo(page, 'form[action="/compare"] button')
  const sent = page.waitForResponse(response => response.request().method() === 'POST')
  await followKey(page, 'Enter')
  assert.equal((await sent).status(), 303)
  assert.match(page.url(), /\/compare$/)
  await compared(page, stories.refused)
  await tabTo(page, '.lanyard-card .lanyard-fold summary')
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('.lanyard-card .lanyard-fold[open] blockquote, .lanyard-card .lanyard-fold[open] li').first().isVisible(), true)
  await leave(page)
})

test('no answer in any address, and nothing of it in the log', async () => {
  const page = await open(browser)
  const before = server.log.length
  await compared(page, stories.refused)
  for (const address of page.addresses) assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/(compare(\/[a-z]+)?|assets\/[0-9a-f]+\/[a-z.-]+)$/)
  const lines = server.log.slice(before).trim().split('\n')
  for (const line of lines) assert.match(line, /^(GET|HEAD|POST) [a-z-]+ \d{3} \d+\.\d ms$/)
  await leave(page)
})

test('the answers of Compare are refused without their token, and its headers are the strictest', async () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const address of ['/compare', '/compare/who', '/compare/question']) {
    const answer = await fetch(server.address + address, { method: 'POST', headers: form, body: 'actor=teacher' })
    assert.equal(answer.status, 403, address)
  }
  const { headers } = await fetch(server.address + '/compare')
  assert.match(headers.get('content-security-policy'), /^default-src 'none';/)
  assert.doesNotMatch(headers.get('content-security-policy'), /unsafe|\*/)
  assert.equal(headers.get('cache-control'), 'no-store')
})

test('a single policy has no Compare; one named twice counts once; a folder that is none is refused', async () => {
  const alone = await startServer(policy, policy)
  assert.doesNotMatch(await (await fetch(alone.address + '/')).text(), /compare/)
  assert.equal((await fetch(alone.address + '/compare')).status, 404)
  assert.equal(await alone.stop(), 0)
  await assert.rejects(startServer(policy, policy + '/nowhere'), /ended with 4/)
})

server = await startServer(policy, ...others)
browser = await launch()
await run()
await browser.close()
await server.stop()
