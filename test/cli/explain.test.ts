import { parse } from 'yaml';
import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const cli = folderWith({
  'k8s/shop.yaml': SHOP,
  'config/mesh.yaml': 'meshConfig: { trustDomain: acme.example }\n',
  'config/other.yaml': 'replicas: 3\n',
  'k8s/values.yaml': 'replicas: 3\n',
  'bad/tab.yaml': 'apiVersion: v1\nkind: Service\n\tname: a\n',
});

describe('istio-constructs explain', () => {
  it('lets a request in, and ends with 0', () => {
    const { code, out, err } = cli('explain --from cart --to product GET /products/1 -f k8s');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').slice(0, 2)).toEqual([
      'cart -> product GET /products/1',
      'allowed, by AuthorizationPolicy shop/product (k8s/shop.yaml:24:1)',
    ]);
    expect(out).not.toContain('grant');
  });

  it('tells of a refusal what decides, the way, and the smallest grant, which opens it', () => {
    const { code, out } = cli('explain --from shop/cart --to shop/product:8080 POST /products/1 -f k8s/shop.yaml');
    expect(code).toBe(1);
    expect(out).toContain('\nrefused (authorization), by AuthorizationPolicy shop/product (k8s/shop.yaml:24:1)\n');
    expect(out).toContain('  sidecar shop/product\n    network       nothing has a say\n');
    expect(out).toContain("\n  cart.calls(product, { http: [HttpAccess.of({ methods: ['POST'], paths: ['/products/1'] })] });\n");
    const grant = out.slice(out.indexOf('  apiVersion: '), out.indexOf('\nOr, in a program')).replace(/^ {2}/gm, '');
    expect(parse(grant)).toMatchObject({ kind: 'AuthorizationPolicy', spec: { action: 'ALLOW' } });
    expect(cli('explain --from cart --to product POST /products/1 -f -', `${SHOP}---\n${grant}`).code).toBe(0);
  });

  it('takes the configuration of the mesh from a file', () => {
    const asked = 'explain --from cart --to product GET /products/1 -f k8s';
    expect(cli(`${asked} --mesh-config config/mesh.yaml`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('identity  acme.example/ns/shop/sa/cart'),
    });
    expect(cli(`${asked} --mesh-config config/other.yaml`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('config/other.yaml:1:1: error MESH717'),
    });
    expect(cli(`${asked} --mesh-config config`)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--mesh-config wants a file, and config is a folder'),
    });
  });

  it('tells what is only noted', () => {
    const tried = 'metadata: { name: tried, namespace: shop, annotations: { istio.io/dry-run: "true" } }';
    const added = `---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n${tried}\nspec: { action: DENY, rules: [{}] }\n`;
    const { code, out } = cli('explain --from cart --to product GET /products/1 -f -', `${SHOP}${added}`);
    expect(code).toBe(0);
    expect(out).toMatch(/\n {2}dry run {3}would be refused by AuthorizationPolicy shop\/tried \(stdin:\d+:1\), at sidecar shop\/product\n/);
  });

  it('wants paths with a slash, and tells of Namespaces that are missing', () => {
    expect(cli('explain --from cart --to product GET x -f k8s')).toMatchObject({
      code: 2,
      err: 'error: a path begins with a slash, and x does not\n',
    });
    const [, ...rest] = SHOP.split('---\n');
    expect(cli('explain --from cart --to product -f -', rest.join('---\n')).err).toBe(
      'note: Namespace shop is not in the manifests, so its pods are taken to be outside the mesh, and no policy holds at them\n',
    );
  });

  it('says how files are named to those who put them behind the path', () => {
    expect(cli('explain --from cart --to product GET / k8s')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/files are named by -f: -f k8s\)\n$/),
    });
    expect(cli('reach product k8s').err).toMatch(/files are named by -f/);
    for (const command of ['lint', 'graph', 'report']) expect(cli(`${command} -f k8s/shop.yaml`)).toEqual(cli(`${command} k8s/shop.yaml`));
  });

  it('prints what its page shows', () => {
    const [, shown] = /```text\n(cart -> product[\s\S]*?)```/.exec(read('docs/command-line.md'))!;
    expect(cli('explain --from cart --to product POST /products/1 -f k8s').out.startsWith(shown)).toBe(true);
  });

  it('writes JSON, Markdown and annotations', () => {
    const asked = 'explain --from cart --to product POST /x -f k8s --format';
    expect(JSON.parse(cli(`${asked} json`).out)).toMatchObject({
      question: { method: 'POST' },
      verdict: { allowed: false },
      grant: { code: expect.stringContaining('cart.calls') },
    });
    expect(cli(`${asked} markdown`).out).toMatch(
      /^## cart -> product POST \/x\n\n\*\*refused \(authorization\), by .*\*\*\n\n\| at \| layer \| says \|/,
    );
    expect(cli(`${asked} github`).out).toMatch(
      /^::error file=k8s\/shop.yaml,line=24,col=1,title=explain::cart -> product POST \/x: refused/,
    );
  });

  it('reads lists of kubectl, headers and claims', () => {
    const tenant = { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'tenant', namespace: 'shop' } };
    const spec = { rules: [{ when: [{ key: 'request.headers[x-tenant]', values: ['acme'] }] }] };
    const list = `${SHOP}---\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ ...tenant, spec }] })}`;
    expect(cli('explain --from cart --to product POST / -f - -H X-Tenant:acme', list).code).toBe(0);
    expect(cli('explain --from cart --to product POST / -f - -H X-Tenant:other', list).code).toBe(1);
    expect(cli('explain --from cart --to product -f - --claim role=clerk', SHOP)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error MESH898: .*\n$/),
    });
  });

  it.each<[string, string, RegExp]>([
    ['broken YAML', 'explain --from a --to b -f bad', /^bad\/tab.yaml:3:1: error MESH890: manifests are YAML or JSON; got: Tabs are .*\n$/],
    ['a missing file', 'explain --from a --to b -f gone.yaml', /^error: there is no file or folder gone.yaml\n$/],
    ['a pattern that nothing fits', 'explain --from a --to b -f gone/*.yaml', /^error: no manifests in gone\/\*.yaml\n$/],
    ['a name that nobody has', 'explain --from crat --to product -f k8s', /^error MESH895: .*; got: crat; fix: .*\n$/],
    ['an option that is none', 'explain --from a --to b --form cart', /^error: unknown option '--form'/],
    ['a slip in a method', 'explain --from cart --to product PSOT / -f k8s', /^error: there is no method PSOT: did you mean POST\?\n$/],
    [
      'a port beyond the last',
      'explain --from cart --to product:99999 -f k8s',
      /^error: ports go from 1 to 65535, and product:99999 says 99999\n$/,
    ],
    ['a header without a name', 'explain --from cart --to product -H acme', /write for example x-tenant:acme/],
  ])('ends with 2 for %s, in a line', (_, args, said) => {
    const { code, out, err } = cli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });

  it('ends with 2 where nobody can tell', () => {
    const odd =
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: product, namespace: shop }\nspec: { hosts: [product], http: [{ match: [{ uri: { regex: "(?P<a>x)" } }], route: [{ destination: { host: product } }] }] }\n';
    const { code, out } = cli('explain --from cart --to product -f -', `${SHOP}---\n${odd}`);
    expect(code).toBe(2);
    expect(out).toContain('\nnobody can tell: ');
  });

  it('says nothing of a way where nothing is sent, and names the field by which nobody can tell', () => {
    const routed = (route: string) =>
      `${SHOP}---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: product, namespace: shop }\nspec: { hosts: [product], http: [${route}] }\n`;
    const dark = cli(
      'explain --from cart --to product -f -',
      routed('{ match: [{ uri: { regex: "(?P<a>x)" } }], route: [{ destination: { host: product } }] }'),
    );
    expect(dark.out).toContain('nobody can tell: VirtualService shop/product asks for what is not known here, by uri');
    const moved = cli('explain --from cart --to product -f -', routed('{ redirect: { authority: a.com } }'));
    expect(moved.out).toMatch(
      /^cart -> product GET \/\nanswered 301 with location http:\/\/a.com\/, by VirtualService shop\/product \(stdin:\d+:1\)\n\n {2}answered /,
    );
    for (const { out } of [dark, moved]) expect(out).not.toMatch(/goes to|mTLS/);
  });

  it('shows an example in its help', () => {
    expect(cli('explain --help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Example: istio-constructs explain --from shop/cart'),
    });
  });
});

describe('a mesh.json among the inputs', () => {
  const cluster = { trustDomain: 'one.example.com', objects: [] };
  const ofOne = SHOP.replace('cluster.local/', 'one.example.com/');
  const folder = folderWith({
    'out/shop.yaml': ofOne,
    'out/mesh.json': JSON.stringify({ version: 1, clusters: [cluster] }, undefined, 2),
    'both/shop.yaml': ofOne,
    'both/mesh.json': JSON.stringify({ version: 1, clusters: [cluster, cluster] }, undefined, 2),
  });

  it('stands for the manifests beside it, and says their trust domain', () => {
    expect(folder('explain --from cart --to product -f out/mesh.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('one.example.com/ns/shop/sa/cart'),
    });
    expect(folder('explain --from cart --to product -f out/shop.yaml').code).toBe(1);
    expect(folder('explain --from cart --to product -f out').code).toBe(0);
  });

  it('asks for the manifests of one cluster where it has several', () => {
    expect(folder('explain --from cart --to product -f both/mesh.json')).toMatchObject({
      code: 2,
      err: 'error: both/mesh.json is of 2 clusters: name the manifests of one beside it\n',
    });
    expect(folder('explain --from cart --to product -f both/mesh.json -f both/shop.yaml').code).toBe(0);
  });
});
