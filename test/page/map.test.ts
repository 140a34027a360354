import type { Page } from 'playwright-core';
import { MESH } from './meshes';
import { onMap, opened, pageOf } from './opened';

const CALL = 'workload shop/cart -> service shop/order';

const html = pageOf(MESH);
const shown = (page: Page): Promise<string[]> =>
  page.locator('#map .item').evaluateAll((items) => items.map((item) => item.getAttribute('data-id')!).sort());

describe('the map', () => {
  it('shows namespaces as boxes, who is in them, and calls with protocol, mTLS, enforcement and shares', async () => {
    const { page, troubles } = await opened(html);
    expect(await page.locator('#counts').textContent()).toBe('2 namespaces, 5 services, 8 calls');
    expect(await page.locator('.box .name').allTextContents()).toEqual(['bank', 'shop']);
    expect(await shown(page)).toEqual(expect.arrayContaining(['service shop/order', 'workload shop/cart', 'external bank/cards']));
    expect(await page.locator(onMap(CALL)).locator('text').allTextContents()).toEqual([
      'HTTP 80',
      'sidecar',
      'order-v1 90 %, order-v2 10 %',
    ]);
    expect(await page.locator(onMap(CALL)).getAttribute('aria-label')).toBe(
      'shop/cart calls shop/order: HTTP 80 sidecar order-v1 90 %, order-v2 10 %, mutual TLS',
    );
    expect(await page.locator(onMap('anybody -> external bank/cards')).locator('text').allTextContents()).toEqual([
      'TLS 443',
      'not checked',
      'open to anybody',
    ]);
    expect(troubles).toEqual([]);
  });

  it('keeps names and labels apart at every size', async () => {
    for (const size of [
      { width: 1400, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const { page } = await opened(html, { viewport: size });
      const boxes = await page.locator('#map .item > .area, #map .label').evaluateAll((all) =>
        all.map((one) => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          return { left, right, top, bottom };
        }),
      );
      const over = boxes.filter((one, index) =>
        boxes
          .slice(index + 1)
          .some(
            (other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1,
          ),
      );
      expect(boxes.length).toBeGreaterThan(15);
      expect(over).toEqual([]);
      expect(Math.min(...boxes.map(({ top, bottom }) => bottom - top))).toBeGreaterThan(15);
    }
  });

  it('opens what is clicked: its calls, its manifests with their places, and what lets a call in', async () => {
    const { page } = await opened(html);
    await page.locator(onMap('service shop/order')).click();
    expect(await page.locator('#details h2').textContent()).toBe('shop/order');
    expect(await page.locator('#details .manifest summary').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^AuthorizationPolicy shop\/orderk8s\/shop.yaml:\d+$/)]),
    );
    await page.locator(onMap(CALL)).click();
    expect(await page.locator('#details .facts').textContent()).toContain('90 % shop/order-v1, 10 % shop/order-v2');
    expect(await page.locator('#details pre').first().textContent()).toContain('cluster.local/ns/shop/sa/cart');
    expect(await page.locator('#details .manifest summary').allTextContents()).toEqual([
      expect.stringContaining('AuthorizationPolicy shop/order'),
      expect.stringContaining('VirtualService shop/order'),
    ]);
  });

  it('closes and opens namespaces, and joins the calls into what is closed', async () => {
    const { page } = await opened(html);
    await page.getByRole('button', { name: 'Close all' }).click();
    expect(await shown(page)).toEqual(['anybody', 'anybody in the mesh', 'anybody outside the mesh', 'namespace bank', 'namespace shop']);
    expect(await page.locator(onMap('namespace shop -> namespace bank')).locator('.name').textContent()).toBe('TCP 5432');
    await page.locator(onMap('namespace bank')).click();
    expect(await shown(page)).toEqual(expect.arrayContaining(['service bank/ledger', 'namespace shop']));
    expect(await page.locator('#details h2').textContent()).toBe('Namespace bank');
    await page.getByRole('button', { name: 'Close it on the map' }).click();
    expect(await shown(page)).toContain('namespace bank');
  });

  it('shows every call in a list, which leads to the map', async () => {
    const { page } = await opened(html);
    await page.getByRole('button', { name: 'List' }).click();
    const rows = page.locator('#list tbody tr');
    expect(await rows.count()).toBe(8);
    expect(await rows.filter({ hasText: 'shop/order' }).locator('th, td').allTextContents()).toEqual([
      'shop/cart',
      'shop/order',
      'HTTP 80',
      'mutual TLS',
      'sidecar shop/order-v1 and sidecar shop/order-v2',
      '90 % shop/order-v1, 10 % shop/order-v2',
      'those granted',
    ]);
    await rows.filter({ hasText: 'shop/order' }).getByRole('button').click();
    expect(await page.locator('.chosen').getAttribute('data-id')).toBe(CALL);
  });

  it('prints the map and the list', async () => {
    const { page } = await opened(html);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#list').isVisible()).toBe(true);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect((await page.pdf()).length).toBeGreaterThan(10_000);
  });
});
