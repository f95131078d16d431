// What every browser test asks of a page, and the running of a file of tests as TAP.
import assert from 'node:assert/strict'
import AxeBuilder from '@axe-core/playwright'
import { strays } from './browser.mjs'

const Axe = AxeBuilder.default ?? AxeBuilder

// All that makes a page look as it does, but for the tokens of its forms. The same again at the same width is not scanned again.
const looks = page => page.evaluate(() => {
  const fields = [...document.querySelectorAll('input:not([type="hidden"]), select, textarea')]
  const html = document.documentElement.outerHTML.replace(/<input type="hidden"[^>]*>/g, '')
  return JSON.stringify([innerWidth, html, fields.map(field => [field.checked, field.value]), document.activeElement?.outerHTML])
})
const scanned = new Set()

// What axe calls legacy is one run in the page itself; the other way, for frames, has a second page put the parts together, and
// no page of ours has a frame. What passed is not told in full: nobody reads it, and telling it takes a third of the time.
async function checkAxe (page, where) {
  assert.equal(page.frames().length, 1, where)
  const look = await looks(page)
  if (scanned.has(look)) return
  const found = await new Axe({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze()
  const words = found.violations.map(v => `${v.id}: ${v.help} (${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join('; ')})`)
  assert.deepEqual(words, [], where)
  scanned.add(look)
}

async function fitsWidth (page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.ok(over <= 0, `${where}: ${over} px wider than the screen`)
}

export const settled = async (page, where) => {
  await page.waitForLoadState() // a page that has only begun has no width yet
  await fitsWidth(page, where)
  await checkAxe(page, where)
  assert.deepEqual(page.troubles, [], where)
  assert.deepEqual(page.outside, [], where)
}

// Tab until the element has the focus, as somebody without a mouse would.
export async function tabTo (page, selector) {
  for (let tries = 0; tries < 200; tries++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(s => document.activeElement?.matches(s) ?? false, selector)) return
  }
  throw new Error('the keyboard does not reach ' + selector)
}

// The tests of one file: `test` adds one, `run` runs them all and sets the exit code.
export function suite () {
  const tests = []
  const run = async () => {
    console.log(`1..${tests.length}`)
    let failed = 0
    for (const [at, [name, body]] of tests.entries()) {
      strays.length = 0
      try {
        await body()
        assert.deepEqual(strays, [], 'led on, and nobody waited: use follow')
        console.log(`ok ${at + 1} - ${name}`)
      } catch (error) {
        failed++
        console.log(`not ok ${at + 1} - ${name}`)
        console.log(String(error.stack ?? error).split('\n').map(line => '  # ' + line).join('\n'))
      }
    }
    process.exitCode = failed > 0 ? 1 : 0
  }
  return { test: (name, body) => tests.push([name, body]), run }
}
