import { unsafeRetries } from '../../../lib/rules/retries/unsafe-retries';
import { findings, raw } from '../model-builder';

const find = (http: string) =>
  findings(unsafeRetries, {
    objects: raw(
      `{ apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: cart, namespace: shop }, spec: { http: [{ ${http} }] } }`,
    ),
  });

const UNSAFE = 'retries: { attempts: 3, retryOn: "connect-failure,5xx,503" }';

describe(unsafeRetries.title, () => {
  it.each([
    'retries: { attempts: 3, retryOn: "connect-failure, refused-stream,reset-before-request" }',
    'retries: { attempts: 0, retryOn: 5xx }',
    'retries: { attempts: 3 }',
    `match: [{ method: { exact: GET } }], ${UNSAFE}`,
    `match: [{ method: { regex: "^(GET|HEAD|OPTIONS)$" } }], ${UNSAFE}`,
    `match: [{ method: { regex: "GET|HEAD" } }, { method: { prefix: OPTIONS } }], ${UNSAFE}`,
  ])('takes %s', (http) => {
    expect(find(http)).toEqual([]);
  });

  it.each([
    UNSAFE,
    `match: [{ uri: { prefix: / } }], ${UNSAFE}`,
    `match: [{ method: { exact: GET } }, { method: { exact: POST } }], ${UNSAFE}`,
    `match: [{ method: { regex: "GET|POST" } }], ${UNSAFE}`,
    `match: [{ method: { regex: ".*" } }], ${UNSAFE}`,
  ])('fails %s', (http) => {
    expect(find(http)).toMatchObject([{ on: { path: 'raw/virtualservice/cart' }, got: 'retryOn: 5xx,503' }]);
  });
});
