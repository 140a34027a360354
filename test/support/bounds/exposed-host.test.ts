import { requireExposedHost } from '../../../lib/support/bounds/exposed-host';
import { expectRefusal } from '../refusal';

describe('a host that clients ask for', () => {
  it('is a full name, or all below one', () => {
    const hosts = ['shop.example.com', '*.example.com'];
    expect(hosts.map((host) => requireExposedHost('here', host))).toEqual(hosts);
  });

  it.each(['shop', 'Shop.example.com', 'https://shop.example.com', 'shop.example.com:443', 'a.*.example.com'])('is not %s', (got) => {
    expectRefusal(() => requireExposedHost('here', got), { code: 'MESH027', path: 'here', got, fix: 'shop.example.com' });
  });
});
