import type { Page } from 'playwright-core';
import { MESH } from './meshes';
import { opened, pageOf } from './opened';

const html = pageOf(MESH);
const focused = (page: Page): Promise<string> =>
  page.evaluate('document.activeElement.dataset.id ?? (document.activeElement.id || document.activeElement.textContent)');

async function pressed(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

describe('by keys alone', () => {
  it('comes to everything by Tab, and to the map as one thing', async () => {
    const { page } = await opened(html);
    const way: string[] = [];
    for (let step = 0; step < 24; step += 1) {
      await page.keyboard.press('Tab');
      way.push(await focused(page));
    }
    expect(way.slice(0, 3)).toEqual(['To the details', 'theme', 'search']);
    expect(way.filter((one) => /^(service|workload|anybody|external|box) /.test(one) || one === 'anybody')).toHaveLength(1);
    expect(way).toEqual(expect.arrayContaining(['fit', 'as-list', 'to-ask']));
  });

  it('walks over the map by arrow keys, and opens by Enter what it stands on', async () => {
    const { page } = await opened(html);
    await page.locator('[data-id="workload shop/cart"]').focus();
    await pressed(page, 'ArrowRight');
    expect(await focused(page)).toBe('workload shop/cart -> service shop/order');
    await pressed(page, 'Enter');
    expect(await page.locator('#details h2').textContent()).toBe('shop/cart → shop/order');
    await pressed(page, 'ArrowRight', 'Enter');
    expect(await page.locator('#details h2').textContent()).toBe('shop/order');
    await pressed(page, 'Escape');
    expect(await page.locator('.chosen').count()).toBe(0);
  });

  it('closes and opens a namespace by its head', async () => {
    const { page } = await opened(html);
    await page.locator('[data-id="box bank"]').focus();
    await pressed(page, 'Enter');
    expect(await focused(page)).toBe('namespace bank');
    await pressed(page, 'Enter');
    expect(await focused(page)).toBe('box bank');
  });

  it('goes through what a search found', async () => {
    const { page } = await opened(html);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('shop');
    await pressed(page, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(await page.locator('#details h2').textContent()).toMatch(/^shop\//);
  });
});
