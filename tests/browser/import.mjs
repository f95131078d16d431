// Files of people as another system would export them, made by tools/make-roster: for the browser's tests and the pictures.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const maker = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../tools/make-roster')

function zip (out, folder, tables) {
  execFileSync('python3', ['-m', 'zipfile', '-c', out, ...tables.map(name => path.join(folder, name))])
  return out
}

// `whole`, `cut` (its second half of the people is missing), `torn` (no whole ZIP), `table` with its `mapping`; who is in them.
export function makeFiles (folder, people) {
  const at = name => path.join(folder, name)
  const make = (format, out) => execFileSync(maker, ['--people', String(people), '--format', format, out])
  const tables = ['manifest.csv', 'orgs.csv', 'users.csv', 'demographics.csv']
  make('oneroster11', at('roster'))
  make('csv', at('report.csv'))
  const whole = zip(at('whole.zip'), at('roster'), tables)
  const torn = at('torn.zip')
  const bytes = readFileSync(whole)
  writeFileSync(torn, bytes.subarray(0, bytes.length / 2))
  const rows = readFileSync(at('roster/users.csv'), 'utf8').split('\r\n')
  writeFileSync(at('roster/users.csv'), rows.slice(0, 1 + people / 2).join('\r\n') + '\r\n')
  const cut = zip(at('cut.zip'), at('roster'), tables)
  const head = rows[0].split(',')
  const named = rows.slice(1).filter(row => row).map(row => row.split(','))
  const given = head.indexOf('givenName')
  return {
    whole,
    torn,
    cut,
    table: at('report.csv'),
    mapping: at('report.csv.mapping'),
    people: named.map(row => `${row[given + 1]}, ${row[given]}`),
    names: [...new Set(named.flatMap(row => [row[given + 1], row[head.indexOf('email')]]))].filter(name => name.length > 3)
  }
}
