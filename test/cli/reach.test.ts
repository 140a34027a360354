import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const cli = folderWith({ 'k8s/shop.yaml': SHOP });

describe('istio-constructs reach', () => {
  it('tells who may reach a service, by which requests, and who lets them in', () => {
    const { code, out, err } = cli('reach product -f k8s');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      [
        'who reaches product',
        '',
        'shop/cart -> product',
        '  GET, any path, to 8080, as in GET /, by AuthorizationPolicy shop/product (k8s/shop.yaml:24)',
        '',
      ].join('\n'),
    );
  });

  it('prints what its page shows', () => {
    const [, shown] = /```text\n(who reaches product[\s\S]*?)```/.exec(read('docs/command-line.md'))!;
    expect(cli('reach product -f k8s').out).toBe(shown);
  });

  it('tells what a caller may reach, and how', () => {
    expect(cli('reach --from cart -f k8s').out).toContain('cart -> shop/product\n  GET, any path, to 8080');
    expect(cli('reach product --from cart -f k8s').out).toContain('how cart reaches product\n\ncart -> product\n');
    expect(cli('reach product --from pod:shop -f k8s').out).toBe('how pod:shop reaches product\nno request arrives\n');
  });

  it('writes JSON and Markdown', () => {
    const { ways } = JSON.parse(cli('reach product -f k8s --format json').out) as { ways: object[] };
    expect(ways).toMatchObject([{ caller: 'shop/cart', allowed: [{ methods: ['GET'], paths: [], port: 8080, example: 'GET /' }] }]);
    expect(cli('reach product -f k8s --format markdown').out).toContain(
      '| shop/cart | product | GET, any path, to 8080 | AuthorizationPolicy shop/product (k8s/shop.yaml:24) | `GET /` |',
    );
  });

  it('ends with 2 where nobody can tell, or nobody is named', () => {
    const unclear = `${SHOP}---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: product, namespace: shop }
spec: { hosts: [product], http: [{ match: [{ uri: { regex: '(?P<a>x)' } }], route: [{ destination: { host: product } }] }] }
`;
    expect(cli('reach product -f -', unclear)).toMatchObject({ code: 2, out: expect.stringContaining('nobody can tell: ') });
    expect(cli('reach -f k8s')).toMatchObject({ code: 2, err: 'error: say whom to reach, or --from whom\n' });
    expect(cli('reach --help').out).toContain('istio-constructs reach --from shop/cart');
  });
});
