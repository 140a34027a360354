import { HttpAccess, Mesh, PathNormalization } from 'istio-constructs';
import type { ProxyUnderTest } from '../proxy-under-test';
import type { Row } from '../row';

/** Each is `/admin`, or what lies below it, in the eyes of some servers. */
const FORMS = [
  '/admin',
  '/admin/',
  '/admin/users',
  '/admin/users/1?sort=up',
  '/admin;x',
  '/admin;x/users',
  '/admin%3Bx',
  '//admin',
  '///admin',
].concat(
  [
    '/%61dmin',
    '/adm%69n/users',
    '/a/../admin',
    '/a/%2e%2e/admin',
    '/a/.%2E/./admin',
    '/./admin',
    '/\\admin',
    '/a/..//admin',
    '/a/..;x/admin',
  ],
  ['/admin%2Fusers', '/admin%2fusers', '/admin%5Cusers', '/%2Fadmin', '/%5cadmin', '/;x/admin', '/admin/../admin', '/%2F%2e%2e/admin'],
);

const OTHERS = ['/', '/administration', '/admins', '/about', '/%61bout', '/items/admin', '/items//1', '/items%2F1', '/?next=/admin'];

const statusesOf = async (envoy: ProxyUnderTest, paths: readonly string[]): Promise<string[]> =>
  Promise.all(paths.map(async (path) => `${path} ${(await envoy.send({ path })).status}`));

const refusal = (pathNormalization: PathNormalization, more: readonly string[], open: readonly string[]): Row => ({
  what: `holds for every way of writing a path under ${pathNormalization}, and for nothing else`,
  cart: { retries: { attempts: 0 } },
  program: ({ chart, cart }) => {
    new Mesh(chart, 'mesh', { pathNormalization });
    cart.access.denyAnyone({ http: [HttpAccess.anyMethod('/admin')] });
  },
  at: 'callee',
  settings: { pathNormalization },
  check: async (envoy) => {
    const refused = [...FORMS, ...more];
    expect(await statusesOf(envoy, refused)).toEqual(refused.map((path) => `${path} 403`));
    expect(envoy.countOf()).toBe(0);
    // The last of these are what MESH259 tells.
    const passing = [...OTHERS, ...open];
    expect(await statusesOf(envoy, passing)).toEqual(passing.map((path) => `${path} 200`));
  },
});

const DECODED = ['/x%2F..%2Fadmin', '/a%5c..%5cadmin'];
const UNTOLD = ['/ADMIN', '/x/%2e%2e;/admin'];

export const REFUSALS: readonly Row[] = [
  refusal(PathNormalization.BASE, [], [...DECODED, ...UNTOLD]),
  refusal(PathNormalization.MERGE_SLASHES, [], [...DECODED, ...UNTOLD]),
  refusal(PathNormalization.DECODE_AND_MERGE_SLASHES, DECODED, UNTOLD),
];
