import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {page} from '../../src/report/page/page.ts'
import {historyLines, runLines} from '../report/page-records.ts'
import {type Browser, browser} from './support/browser.ts'

const folder = mkdtempSync(join(tmpdir(), 'provision-page-'))
let chromium: Browser

beforeAll(async () => {
  chromium = await browser()
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await chromium.call(`${domain}.enable`)
})

afterAll(async () => {
  await chromium?.close()
  rmSync(folder, {recursive: true})
})

/** Run in the page: how wide it is with everything unfolded and by how much too wide, its background, and the texts whose contrast is below 4.5. */
const look = `(() => {
  for (const one of document.querySelectorAll('details')) one.open = true
  const numbers = color => color.match(/[\\d.]+/g).map(Number)
  const light = color => numbers(color).slice(0, 3).map(c => c / 255)
    .map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0)
  const behind = one => {
    const color = getComputedStyle(one).backgroundColor
    return numbers(color)[3] === 0 ? behind(one.parentElement) : color
  }
  const contrast = one => {
    const [low, high] = [getComputedStyle(one).color, behind(one)].map(light).sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }
  const texts = [...document.querySelectorAll('body *')].filter(one => one.innerText)
  return {
    width: innerWidth,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    background: getComputedStyle(document.body).backgroundColor,
    texts: texts.length > 20,
    faint: texts.filter(one => contrast(one) < 4.5).map(one => one.outerHTML),
  }
})()`

describe('in a browser, the page', () => {
  const schemes = [
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(13, 17, 23)'],
  ] as const
  for (const [scheme, background] of schemes) {
    for (const width of [375, 1280]) {
      test(`of a run and of the history fits ${width} pixels, in ${scheme}, and loads nothing`, async () => {
        const media = {features: [{name: 'prefers-color-scheme', value: scheme}]}
        await chromium.call('Emulation.setEmulatedMedia', media)
        const metrics = {width, height: 800, deviceScaleFactor: 1, mobile: width < 800}
        await chromium.call('Emulation.setDeviceMetricsOverride', metrics)
        const texts = {run: await runLines(), history: historyLines}
        for (const [name, text] of Object.entries(texts)) {
          expect(await opened(name, text)).toEqual({width, overflow: 0, background, texts: true, faint: []})
        }
      })
    }
  }
})

async function opened(name: string, text: string): Promise<unknown> {
  const file = join(folder, `${name}.html`)
  writeFileSync(file, page(text, name))
  const before = chromium.events.length
  const loaded = chromium.next('Page.loadEventFired')
  await chromium.call('Page.navigate', {url: pathToFileURL(file).href})
  await loaded
  const {result} = await chromium.call('Runtime.evaluate', {expression: look, returnByValue: true})
  const events = chromium.events.slice(before)
  const asked = events
    .filter(({method}) => method === 'Network.requestWillBeSent')
    .map(({params}) => urlOf(params.request))
  expect(asked.filter(url => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href])
  expect(
    events.filter(({method}) => /^(Log\.entryAdded|Runtime\.(exceptionThrown|consoleAPICalled))$/.test(method)),
  ).toEqual([])
  return typeof result === 'object' && result !== null && 'value' in result ? result.value : result
}

function urlOf(request: unknown): string {
  return typeof request === 'object' && request !== null && 'url' in request ? String(request.url) : 'unknown'
}
