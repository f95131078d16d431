// Starts lanyard-serve on a free port for the tests, and stops it. Keeps its log, because the tests read it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import net from 'node:net'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export const program = process.env.LANYARD_SERVE ?? path.join(root, 'build/lanyard-serve')
export const policy = process.env.LANYARD_POLICY ?? path.join(root, 'policies/early-life')

function freePort () {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

// The other policies that ship, in the order of their names.
export const others = readdirSync(path.dirname(policy), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && entry.name !== path.basename(policy))
  .map(entry => path.join(path.dirname(policy), entry.name)).sort()

export async function startServer (...folders) {
  if (folders.length === 0) folders = [policy]
  const port = await freePort()
  const child = spawn(program, ['--port', String(port), ...folders], { stdio: ['ignore', 'pipe', 'pipe'] })
  const server = { port, address: `http://127.0.0.1:${port}`, log: '', code: null }
  child.stdout.on('data', data => { server.log += data })
  child.stderr.on('data', data => { server.log += data })
  const ended = new Promise(resolve => child.once('exit', code => { server.code = code; resolve(code) }))
  server.stop = async () => {
    child.kill('SIGTERM')
    return ended
  }
  for (let tries = 0; tries < 200; tries++) {
    if (server.code !== null) throw new Error(`lanyard-serve ended with ${server.code}:\n${server.log}`)
    try {
      await (await fetch(server.address + '/')).text()
      return server
    } catch {
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  throw new Error('lanyard-serve does not answer:\n' + server.log)
}

// One request over a bare socket, as rude as wished; gives all that came back.
export function raw (port, text, { end = true } = {}) {
  return new Promise(resolve => {
    let heard = ''
    const line = net.connect(port, '127.0.0.1', () => {
      line.write(text)
      if (end) line.end()
    })
    line.setTimeout(20000, () => line.destroy())
    line.on('data', data => { heard += data.toString('latin1') })
    line.on('error', () => {})
    line.on('close', () => resolve(heard))
  })
}
