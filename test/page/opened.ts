import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { Verdicts, type YamlFile } from 'istio-constructs';
import { asPage } from '../../lib/cli/formats/page';

/** A page in a Chromium, and what happened that must not. */
export interface Opened {
  readonly page: Page;
  /** Errors of scripts, and what the page's own policy forbade. */
  readonly troubles: readonly string[];
  /** Whatever was asked of a network, or of any file but the page. */
  readonly requests: readonly string[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'istio-constructs-page-test-'));
let browser: Browser | undefined;
let count = 0;

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page of some manifests. */
export function pageOf(text: string, title = 'the shop'): string {
  return pageOfFiles([{ name: 'k8s/shop.yaml', text }], title);
}

export function pageOfFiles(files: readonly YamlFile[], title: string): string {
  const { graph, source } = Verdicts.ofFiles(...files);
  return asPage({ graph, source, open: graph.namespaces.map(({ name }) => name) }, title);
}

export async function opened(html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM_PROGRAM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  const file = path.join(folder, `${(count += 1)}.html`);
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  const [troubles, requests]: string[][] = [[], []];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('request', (request) => request.url() !== url && !request.url().startsWith('data:') && requests.push(request.url()));
  await page.goto(url);
  return { page, troubles, requests };
}

/** What stands on the map under a name. */
export function onMap(id: string): string {
  return `[role=button][data-id="${id}"]`;
}
