import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeshGraph, MeshSource } from 'istio-constructs';

// It lies beside the compiled command line.
const SHIPPED = join(__dirname, '..', 'page', 'mesh.html');

/** All that a page is made of. */
export interface PageData {
  readonly graph: MeshGraph;
  /** What was read: the engine answers by it. */
  readonly source: MeshSource;
  /** Namespaces that are open at first. */
  readonly open: readonly string[];
}

/** One page with a map of a mesh, and with the engine that answers questions about it. */
export function asPage(data: PageData, title: string): string {
  const parts: Readonly<Record<string, string>> = { title: inMarkup(title), data: inScript(data) };
  return emptyPage().replace(/\{\{(title|data)\}\}/g, (_, name: string) => parts[name]);
}

/** From sources it is made when somebody asks. */
function emptyPage(): string {
  if (existsSync(SHIPPED)) return readFileSync(SHIPPED, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'istio-constructs-page-'));
  try {
    const file = join(folder, 'mesh.html');
    execFileSync(process.execPath, [join(__dirname, '..', 'page', 'build.mjs'), file], { stdio: ['ignore', 'ignore', 'inherit'], env: {} });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON in which nothing ends its element or begins a comment, whatever stands in the manifests. */
function inScript(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
