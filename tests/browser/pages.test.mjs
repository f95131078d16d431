// The pages in a real browser: the whole of May I? on a phone and at a desk, with the keyboard alone, without JavaScript;
// axe on every page; headers; what never may be in an address or a log; rude callers. Prints TAP.
import assert from 'node:assert/strict'
import { DESK, PHONE, follow, followKey, launch, leave, open } from './browser.mjs'
import { settled, suite, tabTo } from './checks.mjs'
import { answerOne, finish, go, photo, start, stories } from './journey.mjs'
import { raw, startServer } from './serve.mjs'

const { test, run } = suite()
let browser, server

for (const [size, viewport] of [['360 px', PHONE], ['1280 px', DESK]]) {
  test(`every page is whole and has no axe violation at ${size}`, async () => {
    const page = await open(browser, { viewport })
    for (const address of ['/', '/policy', '/policy/print', '/may']) {
      await page.goto(server.address + address)
      await settled(page, address)
    }
    page.troubles.length = 0
    await page.goto(server.address + '/nowhere')
    page.troubles.length = 0 // the browser's own note of the 404
    await settled(page, '/nowhere')
    await leave(page)
  })

  test(`May I? from who you are to the answer at ${size}`, async () => {
    for (const [name, story] of Object.entries(stories)) {
      const page = await open(browser, { viewport })
      await page.goto(server.address + '/may')
      await go(page)
      assert.match(await page.title(), /^Error: /)
      assert.equal(await page.locator('.govuk-error-summary').count(), 1)
      await settled(page, 'who, with an error')
      await start(page, server.address, story)
      if (page.url().endsWith('/may/question')) {
        await settled(page, 'question')
        await go(page)
        assert.match(await page.title(), /^Error: /)
        await settled(page, 'question, with an error')
        await page.goto(server.address + '/may/question')
      }
      const asked = await finish(page, server.address, story)
      if (process.env.VERBOSE) console.log('  # ' + name + ': ' + asked.join(' | '))
      assert.ok(asked.length < 25, `${name}: ${asked.length} questions`)
      assert.equal(await page.locator('.lanyard-verdict h1').count(), 1)
      await settled(page, `${name}: answer`)
      await follow(page.locator('a:has-text("See or change what you said")'))
      assert.equal(await page.locator('.govuk-summary-list__row').count() >= 4, true)
      await settled(page, 'what you said')
      await leave(page)
    }
  })
}

test('each step of the journey is whole and has no axe violation', async () => {
  const page = await open(browser, { viewport: PHONE })
  await page.goto(server.address + '/may')
  await page.locator('input[name="actor"][value="teacher"]').check({ force: true })
  await follow(page.locator('main form button').first())
  await settled(page, 'what')
  await follow(page.locator('main form button').first())
  await settled(page, 'what, with an error')
  for (const fold of await page.locator('details summary').all()) await fold.click()
  await settled(page, 'what, all groups open')
  await page.locator('input[name="act"][value="accept-request"]').check({ force: true })
  await follow(page.locator('main form button').first())
  await settled(page, 'how')
  await follow(page.locator('main form button').first())
  await settled(page, 'how, with an error')
  await page.goto(server.address + '/may/shown')
  await leave(page)
})

test('a teacher may not accept a friend request from a pupil: 999 or the lead first, the clause and its norm', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.refused)
  await finish(page, server.address, stories.refused)
  assert.match(await page.locator('.lanyard-verdict').getAttribute('class'), /not-allowed/)
  assert.match(await page.locator('.lanyard-verdict h1').innerText(), /^No/)
  const words = await page.locator('main').innerText()
  assert.match(words, /earlylife-5\.2a/)
  assert.match(words, /At once\s+You must tell the designated safeguarding lead and the online safety coordinator\. \(5\.4\)/)
  const link = page.locator('a[href="/policy#c-5.2a"]').first()
  await follow(link)
  assert.match(page.url(), /\/policy#c-5\.2a$/)
  assert.equal(await page.locator('#c-5\\.2a').count(), 1)
  await leave(page)
})

test('a teacher may share an official post that brings no disrepute', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.allowed)
  const asked = await finish(page, server.address, stories.allowed)
  assert.ok(asked.length >= 1)
  assert.match(await page.locator('.lanyard-verdict').getAttribute('class'), /lanyard-verdict--allowed$/)
  assert.match(await page.locator('.lanyard-verdict h1').innerText(), /^Yes/)
  await leave(page)
})

test('a photo asks about each person shown by itself', async () => {
  const page = await open(browser, { viewport: PHONE })
  await start(page, server.address, photo)
  for (let tries = 0; tries < 20 && page.url().endsWith('/may/question'); tries++) await answerOne(page, photo.answers)
  assert.match(page.url(), /\/may\/shown$/)
  await settled(page, 'shown')
  await follow(page.locator('main form button').first())
  assert.match(await page.title(), /^Error: /)
  await settled(page, 'shown, with an error')
  const asked = await finish(page, server.address, photo)
  assert.ok(asked.some(words => words.includes('pupil of ours 1')), asked.join(' | '))
  assert.match(await page.locator('.lanyard-verdict').getAttribute('class'), /allowed-if|not-allowed/)
  assert.match(await page.locator('main').innerText(), /pupil of ours 1/)
  await settled(page, 'answer about a photo')
  await leave(page)
})

test('several people shown are listed before the questions about them', async () => {
  const page = await open(browser, { viewport: PHONE })
  await start(page, server.address, photo)
  await page.goto(server.address + '/may/shown')
  await page.locator('input[name="role"][value="our-pupil"]').check({ force: true })
  await page.locator('input[name="count"]').fill('2')
  await follow(page.locator('main form button').first())
  assert.equal(await page.locator('main ul.govuk-list--bullet li').count(), 2)
  await settled(page, 'shown, two named')
  await page.locator('input[name="role"][value="our-pupil"]').check({ force: true })
  await page.locator('input[name="count"]').fill('99')
  await follow(page.locator('main form button').first())
  assert.match(await page.title(), /^Error: /)
  await leave(page)
})

test('what nobody knows is taken to be safe, and the answer says so', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.allowed)
  await finish(page, server.address, { ...stories.allowed, answers: [] })
  assert.doesNotMatch(await page.locator('.lanyard-verdict h1').innerText(), /^Yes/)
  assert.match(await page.locator('main').innerText(), /What you did not know/)
  await leave(page)
})

test('the checks of a page see what is wrong with it', async () => {
  const wrongs = {
    'image-alt': ['img', { display: 'block', width: '9px', height: '9px' }],
    'color-contrast': ['p', { color: '#999', background: '#fff' }],
    label: ['input', {}],
    'px wider': ['div', { width: '700px' }]
  }
  for (const [said, wrong] of Object.entries(wrongs)) {
    const page = await open(browser, { viewport: PHONE })
    await page.goto(server.address + '/may')
    await page.evaluate(([name, style]) => {
      const added = document.createElement(name)
      added.textContent = 'Words'
      Object.assign(added.style, style)
      document.querySelector('main').append(added)
    }, wrong)
    await assert.rejects(settled(page, 'with something wrong'), new RegExp(said))
    await leave(page)
  }
})

test('May I? works without JavaScript', async () => {
  const page = await open(browser, { script: false, viewport: PHONE })
  await start(page, server.address, stories.refused)
  await finish(page, server.address, stories.refused)
  assert.match(await page.locator('.lanyard-verdict h1').innerText(), /^No/)
  const exit = page.locator('.govuk-js-exit-this-page-button')
  assert.equal(await exit.getAttribute('href'), 'https://www.bbc.co.uk/weather')
  await leave(page)
})

test('May I? works with the keyboard alone', async () => {
  const page = await open(browser)
  const story = stories.refused
  await page.goto(server.address + '/')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'govuk-skip-link')
  await tabTo(page, 'a.govuk-button--start')
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/may$/)
  await tabTo(page, `input[value="${story.actor[0]}"]`)
  await page.keyboard.press('Space')
  await tabTo(page, 'main form button')
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/may\/what$/)
  await tabTo(page, 'details.lanyard-group summary')
  await page.keyboard.press('Enter')
  await tabTo(page, 'details.lanyard-group[open] input')
  for (let tries = 0; tries < 40; tries++) {
    if (await page.evaluate(id => document.activeElement.value === id, story.act)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Space')
  assert.equal(await page.locator(`input[value="${story.act}"]`).isChecked(), true)
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/may\/how$/)
  await tabTo(page, 'input[name="done"]')
  await page.keyboard.press('Space')
  for (const box of [`input[name="other"][value="${story.other[0]}"]`, `input[name="via"][value="${story.via[0]}"]`]) {
    await tabTo(page, box)
    await page.keyboard.press('Space')
  }
  await followKey(page, 'Enter')
  assert.match(page.url(), /\/may\/(question|answer)$/)
  for (let asked = 0; page.url().endsWith('/may/question'); asked++) {
    assert.ok(asked < 20)
    if (await page.locator('button[name="unknown"]').count() > 0) {
      await tabTo(page, 'button[name="unknown"]')
      await followKey(page, 'Enter')
    } else {
      await tabTo(page, 'input[name="answer"]')
      await page.keyboard.press('ArrowUp') // from the first round to the last: I don't know
      await followKey(page, 'Enter')
    }
  }
  assert.match(await page.locator('.lanyard-verdict h1').innerText(), /^No/)
  await leave(page)
})

test('back, change and start again', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.refused)
  await page.goto(server.address + '/may/check')
  await follow(page.locator('.govuk-summary-list__row', { hasText: 'The other person' }).locator('button'))
  assert.match(page.url(), /\/may\/how$/)
  assert.equal(await page.locator('input[name="other"][value="our-pupil"]').isChecked(), true)
  await page.goto(server.address + '/may/check')
  await follow(page.locator('button:has-text("Start again")'))
  assert.match(page.url(), /\/may$/)
  assert.equal(await page.locator('input:checked').count(), 0)
  await page.goto(server.address + '/may/answer')
  assert.match(page.url(), /\/may$/)
  await leave(page)
})

test('no answer in any address, and nothing of it in the log', async () => {
  const page = await open(browser)
  const before = server.log.length
  await start(page, server.address, stories.refused)
  await finish(page, server.address, stories.refused)
  for (const address of page.addresses) assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/(may(\/[a-z]+)?|assets\/[0-9a-f]+\/[a-z.-]+)$/)
  const log = server.log.slice(before)
  assert.ok(log.length > 0)
  for (const line of log.trim().split('\n')) assert.match(line, /^(GET|HEAD|POST) [a-z-]+ \d{3} \d+\.\d ms$/)
  await leave(page)
})

// A page that leads elsewhere, and something there.
async function openToLeave () {
  const page = await open(browser)
  await page.context().route('https://www.bbc.co.uk/**', route => route.fulfill({ status: 200, contentType: 'text/html', body: '<title>Elsewhere</title><p>Elsewhere' }))
  return page
}

test('leaving by the red button is one press; by the form the answers are gone', async () => {
  const page = await openToLeave()
  await start(page, server.address, stories.refused)
  await follow(page.locator('.govuk-js-exit-this-page-button'))
  assert.equal(page.url(), 'https://www.bbc.co.uk/weather')
  assert.deepEqual(page.outside, ['https://www.bbc.co.uk/weather'])
  const other = await openToLeave()
  await start(other, server.address, stories.refused)
  const answer = other.waitForResponse(response => response.url().endsWith('/leave'))
  const away = other.waitForURL('https://www.bbc.co.uk/weather') // the page that forgets leads on by itself
  await follow(other.locator('button:has-text("Forget my answers and leave")'))
  const headers = await (await answer).allHeaders()
  assert.match(headers['clear-site-data'], /"cookies"/)
  await away
  await other.goto(server.address + '/may/check')
  assert.match(other.url(), /\/may$/)
  await leave(page)
  await leave(other)
})

test('an answer from the browser\'s history goes to its own question', async () => {
  const page = await open(browser)
  await start(page, server.address, stories.refused)
  if (page.url().endsWith('/may/question')) {
    await follow(page.locator('main form button[name="unknown"], main form button:has-text("Continue")').first())
    await page.goBack()
    assert.match(page.url(), /\/may\//)
  }
  await leave(page)
})

test('every answer carries the strictest headers', async () => {
  for (const address of ['/', '/policy', '/policy/print', '/policy/print.css', '/may', '/nowhere']) {
    const { headers } = await fetch(server.address + address)
    assert.match(headers.get('content-security-policy'), /^default-src 'none';/)
    for (const part of ["script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) assert.ok(headers.get('content-security-policy').includes(part), part)
    assert.doesNotMatch(headers.get('content-security-policy'), /unsafe|\*/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(headers.get('cross-origin-embedder-policy'), 'require-corp')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
    assert.match(headers.get('permissions-policy'), /camera=\(\)/)
    assert.equal(headers.get('cache-control'), 'no-store')
  }
})

test('assets are kept by their hash and answered 304', async () => {
  const home = await (await fetch(server.address + '/')).text()
  const [asset] = home.match(/\/assets\/[0-9a-f]{16}\/lanyard\.css/)
  const first = await fetch(server.address + asset)
  assert.match(first.headers.get('cache-control'), /immutable/)
  const again = await fetch(server.address + asset, { headers: { 'if-none-match': first.headers.get('etag') } })
  assert.equal(again.status, 304)
  const css = await (await fetch(server.address + asset.replace('lanyard.css', 'govuk-frontend.min.css'))).text()
  assert.doesNotMatch(css, /@font-face|GDS Transport|crest\.svg/)
  assert.equal((await fetch(server.address + asset.replace('lanyard.css', 'other.css'))).status, 404)
})

test('refusals are pages, and kind', async () => {
  const page = async (address, options) => {
    const answer = await fetch(server.address + address, options)
    const text = await answer.text()
    assert.match(text, /<h1 class="govuk-heading-l">/)
    assert.match(text, /999/)
    return answer.status
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal(await page('/nowhere'), 404)
  assert.equal(await page('/policy?who=teacher'), 400)
  assert.equal(await page('/policy', { method: 'DELETE' }), 405)
  assert.equal(await page('/may', { method: 'POST', headers: form, body: 'actor=teacher' }), 403)
  assert.equal(await page('/may', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }), 415)
  assert.equal(await page('/' + 'a'.repeat(3000)), 414)
  assert.equal(await page('/may', { method: 'POST', headers: form, body: 'actor=' + 'a'.repeat(70000) }), 413)
})

test('a field that is not declared is refused, and nothing of it comes back', async () => {
  const page = await open(browser)
  await page.goto(server.address + '/may')
  await page.evaluate(() => {
    const extra = document.createElement('input')
    Object.assign(extra, { type: 'hidden', name: 'extra', value: 'secret-value' })
    document.querySelector('main form').append(extra)
  })
  const answer = page.waitForResponse(response => response.request().method() === 'POST')
  await follow(page.locator('main form button').first())
  assert.equal((await answer).status(), 400)
  assert.match(await page.locator('main').innerText(), /a field that this page does not have/)
  assert.doesNotMatch(await page.content(), /secret-value/)
  await leave(page)
})

test('broken and endless requests over a bare socket do no harm', async () => {
  const head = 'Host: 127.0.0.1\r\nConnection: close\r\n'
  assert.match(await raw(server.port, `GET / HTTP/1.1\r\n${head}\r\n`), /^HTTP\/1\.1 200 /)
  assert.match(await raw(server.port, `GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`), /^HTTP\/1\.1 421 /)
  assert.doesNotMatch(await raw(server.port, 'GET / HT'), / 200 /)
  assert.doesNotMatch(await raw(server.port, `POST /may HTTP/1.1\r\n${head}Content-Length: 50\r\n\r\nactor=`), / 200 /)
  assert.match(await raw(server.port, `POST /may HTTP/1.1\r\n${head}Content-Length: 999999999\r\n\r\n`), /^HTTP\/1\.1 413 /)
  assert.match(await raw(server.port, `GET / HTTP/1.1\r\n${head}X-A: ${'a'.repeat(17000)}\r\n\r\n`), /^HTTP\/1\.1 431 /)
  assert.match(await raw(server.port, `GET /${'a'.repeat(100000)} HTTP/1.1\r\n${head}\r\n`), /^HTTP\/1\.1 414 /)
  assert.doesNotMatch(await raw(server.port, '\x16\x03\x01\x00\xa5\x01\x00\x00'), / 200 /)
  assert.match(await raw(server.port, `GET / HTTP/1.1\r\n${head}\r\n`), /^HTTP\/1\.1 200 /)
})

test('SIGTERM stops it cleanly', async () => {
  const own = await startServer()
  assert.equal(await own.stop(), 0)
})

server = await startServer()
browser = await launch()
await run()
await browser.close()
await server.stop()
