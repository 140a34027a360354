import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';
import { graph } from '../../lib/cli/commands/graph';

const cli = folderWith({ 'k8s/shop.yaml': SHOP });

describe('istio-constructs graph', () => {
  it('draws who may call whom as Mermaid', () => {
    const { code, out, err } = cli('graph k8s');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      [
        'flowchart LR',
        '  subgraph b0["shop (sidecar)"]',
        '    n0["product<br/>service, sidecar"]',
        '    n1("cart<br/>workload, sidecar")',
        '  end',
        '  n1 -->|"HTTP 8080, mTLS<br/>GET, any path<br/>at sidecar"| n0',
        '',
      ].join('\n'),
    );
  });

  it('writes a page that has everything in it', async () => {
    const { code, text } = await graph([{ name: 'k8s/shop.yaml', text: SHOP }], {}, 'html');

    expect(code).toBe(0);
    expect(text).toMatch(/^<!doctype html>[^]*<title>Who may call whom<\/title>[^]*<script type="application\/json" id="data">\{"graph":/);
  });

  it('prints what its page shows', () => {
    const [, shown] = /```mermaid\n([\s\S]*?)```/.exec(read('docs/command-line.md'))!;

    expect(cli('graph k8s').out).toBe(shown);
  });

  it('writes to a file in the format of its name', () => {
    expect(cli('graph k8s -o mesh.svg')).toEqual({ code: 0, out: '', err: '' });
    expect(cli.text('mesh.svg')).toContain('<title id="mesh-title">Who may call whom</title>');
    expect(cli('graph k8s -o mesh.gv')).toEqual({ code: 0, out: '', err: '' });
    expect(cli.text('mesh.gv')).toMatch(/^digraph mesh \{/);
    expect(cli('graph k8s -o mesh.png')).toMatchObject({ code: 2, err: expect.stringContaining('error: mesh.png: say --format') });
    expect(cli('graph k8s -o nowhere/mesh.svg')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: nowhere\/mesh.svg cannot be written: .*\n$/),
    });
  });

  it('writes the whole graph as JSON', () => {
    const { nodes, edges, objects } = JSON.parse(cli('graph k8s --format json').out) as {
      readonly nodes: object[];
      readonly edges: object[];
      readonly objects: Readonly<Record<string, object>>;
    };

    expect(nodes).toHaveLength(2);
    expect(edges).toMatchObject([{ caller: 'workload shop/cart', callee: 'service shop/product', requests: ['GET, any path, to 8080'] }]);
    expect(objects['AuthorizationPolicy shop/product']).toMatchObject({ file: 'k8s/shop.yaml', line: 24 });
  });

  it('closes namespaces of a large mesh, says so, and opens those that are said', () => {
    const services = Array.from({ length: 30 }, (_, index) => ['a', 'b'].map((space) => service(space, `s${index}`))).flat();
    const large = ['a', 'b'].map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`);
    const text = [...large, ...services].join('---\n');

    const { out, err } = cli('graph -', text);
    expect(out).toContain('n0[["a<br/>30 services');
    expect(err).toContain('note: 2 namespaces are closed; open them with --expand <namespace>, or with --all\n');
    expect(cli('graph - --expand a', text).out).toContain('subgraph b0["a (outside the mesh)"]');
    expect(cli('graph - --all', text).out.match(/subgraph/g)).toHaveLength(2);
    expect(cli('graph - --expand c', text)).toMatchObject({ code: 2, err: 'error: there is no namespace c to expand; there are a, b\n' });
  });

  it('says what is wrong with its inputs, and how it is used', () => {
    expect(cli('graph -', 'kind: [\n')).toMatchObject({ code: 2, out: '' });
    expect(cli('graph missing')).toMatchObject({ code: 2, err: 'error: there is no file or folder missing\n' });
    expect(cli('graph --help').out).toContain('Example: istio-constructs graph k8s -o mesh.html');
  });
});

const service = (space: string, name: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${space} }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 8080 }] }
`;
