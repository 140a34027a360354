import type { Page } from 'playwright-core';
import { MESH } from './meshes';
import { onMap, opened, pageOf } from './opened';

const html = pageOf(MESH);
const lines = (page: Page): Promise<string[]> =>
  page.locator('#map [role=button].line').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')!).sort());

describe('search and filters', () => {
  it('finds names as they are typed, and goes to the one that is chosen', async () => {
    const { page } = await opened(html);
    await page.getByRole('button', { name: 'Close all' }).click();
    await page.getByRole('searchbox').fill('led');
    expect(await page.locator('#hits li').allTextContents()).toEqual(['bank/ledger service']);
    await page.getByRole('searchbox').press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('bank/ledger');
    expect(await page.evaluate('document.activeElement.dataset.id')).toBe('service bank/ledger');
    await page.getByRole('searchbox').fill('nobody');
    expect(await page.locator('#hits').textContent()).toBe('nobody of that name');
    await page.getByRole('searchbox').press('Escape');
    expect(await page.locator('#hits').isVisible()).toBe(false);
  });

  it.each<[string, (page: Page) => Promise<unknown>, string[]]>([
    ['a namespace', (page) => page.locator('[name=namespace]').selectOption('bank'), BANK()],
    ['a protocol', (page) => page.locator('[name=protocol]').selectOption('TCP'), ['anybody/shop/sidecar -> service bank/ledger']],
    ['calls without mTLS', (page) => page.locator('[name=mtls]').selectOption('no'), PLAIN()],
    ['what is open to anybody', (page) => page.getByRole('checkbox').check(), BANK().slice(0, 3)],
  ])('shows %s alone, and all again', async (_, filter, left) => {
    const { page } = await opened(html);
    const all = await lines(page);
    await filter(page);
    expect(await lines(page)).toEqual(left);
    expect(await page.locator('#shown').textContent()).toMatch(new RegExp(`, ${left.length} of 8 calls$`));
    await page.getByRole('button', { name: 'All', exact: true }).click();
    expect(await lines(page)).toEqual(all);
  });

  it('takes a filter away that hides what is gone to', async () => {
    const { page } = await opened(html);
    await page.locator('[name=protocol]').selectOption('TCP');
    await page.getByRole('searchbox').fill('order');
    await page.locator('#hits button').first().click();
    expect(await page.locator('[name=protocol]').inputValue()).toBe('');
    expect(await page.locator(onMap('service shop/order')).getAttribute('class')).toContain('chosen');
  });
});

function BANK(): string[] {
  return [
    'anybody -> external bank/cards',
    'anybody in the mesh -> service bank/rates',
    'anybody outside the mesh -> service bank/rates',
    'anybody/shop/sidecar -> service bank/ledger',
  ];
}

function PLAIN(): string[] {
  return [
    'anybody -> external bank/cards',
    'anybody outside the mesh -> service bank/rates',
    'anybody outside the mesh -> service shop/refund',
  ];
}
