import type { Page } from 'playwright-core';
import type { MeshGrant, MeshQuestion, Verdict } from 'istio-constructs';
import { explain } from '../../lib/cli/commands/explain';
import { factsOf } from '../../lib/cli/formats/verdict-facts';
import { MESH } from './meshes';
import { onMap, opened, pageOf } from './opened';

interface Explained {
  readonly verdict: Verdict;
  readonly grant?: MeshGrant;
}

const files = [{ name: 'k8s/shop.yaml', text: MESH }];
const html = pageOf(MESH);

/** What the command line says. */
function explained(question: MeshQuestion): Explained {
  return JSON.parse(explain(files, question, 'json').text) as Explained;
}

async function ask(page: Page, question: MeshQuestion): Promise<void> {
  const { caller, callee, method = '', path = '', headers = {}, claims = {} } = question;
  await page.locator('#to-ask').click();
  const fields = { from: caller, to: callee, method, path };
  for (const [name, value] of Object.entries(fields)) await page.locator(`#ask [name=${name}]`).fill(value);
  if (!(await page.locator('#ask [name=headers]').isVisible())) await page.locator('#ask summary').click();
  await page.locator('#ask [name=headers]').fill(linesOf(headers, ': '));
  await page
    .locator('#ask [name=claims]')
    .fill(linesOf(Object.fromEntries(Object.entries(claims).map(([name, [value]]) => [name, value])), '='));
  await page.locator('#ask button[type=submit]').click();
}

function linesOf(pairs: Readonly<Record<string, string>>, between: string): string {
  return Object.entries(pairs)
    .map(([name, value]) => `${name}${between}${value}`)
    .join('\n');
}

describe('the form', () => {
  let first: ReturnType<typeof opened> | undefined;

  it.each<[string, MeshQuestion]>([
    ['a request that is let in', { caller: 'shop/cart', callee: 'shop/product:8080', path: '/products/1' }],
    ['a refused one, with its grant', { caller: 'shop/cart', callee: 'shop/product:8080', method: 'POST', path: '/products/1' }],
    ['one that is shared out', { caller: 'cart', callee: 'order' }],
    ['one without a token', { caller: 'shop/cart', callee: 'refund', path: '/clerks' }],
    ['one with a token', { caller: 'shop/cart', callee: 'refund', claims: { role: ['clerk'] } }],
    ['one with another token', { caller: 'shop/cart', callee: 'refund', claims: { role: ['guest'] } }],
    ['one with headers', { caller: 'shop/cart', callee: 'order', headers: { 'x-tenant': 'acme' } }],
    ['a pod that nobody declared, in ambient', { caller: 'pod:bank', callee: 'bank/ledger:5432' }],
    ['bytes from a sidecar to ztunnel', { caller: 'shop/cart', callee: 'bank/ledger:5432' }],
    ['what is open in ambient', { caller: 'pod:elsewhere', callee: 'bank/rates' }],
  ])('says of %s what `explain` says', async (_, question) => {
    const { page, troubles } = await (first ??= opened(html));
    await ask(page, question);
    const { verdict, grant } = explained(question);
    const answer = page.locator('#answer');
    expect(await answer.locator('.verdict').textContent()).toBe(verdict.text);
    expect(await answer.locator('.trail td').allTextContents()).toEqual(verdict.trail.flatMap(({ layer, text }) => [layer, text]));
    expect(await answer.locator('.facts dd').allTextContents()).toEqual(factsOf(verdict).map(([, value]) => value));
    expect(await answer.locator('pre').allTextContents()).toEqual(grant ? [grant.yaml.trimEnd(), grant.code] : []);
    expect(troubles).toEqual([]);
  });

  it('says which token or what object stands in the way', async () => {
    const { page } = await opened(html);
    await ask(page, { caller: 'shop/cart', callee: 'refund' });
    expect(await page.locator('#answer .note').allTextContents()).toEqual([
      'It is let in with a token of https://login.example.com with claim role: clerk.',
    ]);
  });

  it.each<[string, MeshQuestion, RegExp]>([
    ['a name that nobody has', { caller: 'crat', callee: 'product' }, /^MESH895 at Verdicts.ask: [\s\S]*did you mean shop\/cart\?$/],
    ['a path without a slash', { caller: 'cart', callee: 'product', path: 'x' }, /^A path begins with a slash/],
    ['a header without a name', { caller: 'cart', callee: 'product', headers: { '': 'acme' } }, /^Write a header in each line/],
  ])('tells of %s in a line', async (_, question, said) => {
    const { page, troubles } = await opened(html);
    await ask(page, question);
    expect(await page.locator('#answer').textContent()).toMatch(said);
    expect(troubles).toEqual([]);
  });

  it('is filled in from a call on the map', async () => {
    const { page } = await opened(html);
    await page.locator(onMap('workload shop/cart -> service shop/order')).click();
    await page.getByRole('button', { name: 'Ask about this call' }).click();
    await page.locator('#ask button[type=submit]').click();
    expect(await page.locator('#answer .verdict').textContent()).toMatch(
      /^allowed, by AuthorizationPolicy shop\/order \(k8s\/shop.yaml:\d+:1\)$/,
    );
    expect(await page.locator('#callers option').count()).toBeGreaterThan(5);
  });
});
