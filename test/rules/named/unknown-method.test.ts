import { unknownMethod } from '../../../lib/rules/named/unknown-method';
import { findings, raw } from '../model-builder';

const find = (methods: string) =>
  findings(unknownMethod, {
    objects: raw(`
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{}, { to: [{ operation: { paths: [/] } }, { operation: { methods: [${methods}] } }] }] }
`),
  });

describe(unknownMethod.title, () => {
  it('takes methods, patterns and words of other protocols', () => {
    expect(find('GET, PATCH, "*", "P*", PROPFIND, VERSION-CONTROL')).toEqual([]);
  });

  it.each([
    ['get', 'write GET'],
    ['DELET', 'write DELETE'],
    ['/cart.Cart/Add', 'write methods such as GET; gRPC is POST'],
  ])('tells of %s', (method, fix) => {
    expect(find(`POST, ${method}`)).toMatchObject([{ got: method, fix, field: ['spec', 'rules', 1, 'to', 1, 'operation', 'methods', 1] }]);
  });
});
