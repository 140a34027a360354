import { read } from '../architecture/sources';
import { folderWith, SHOP } from './run';

const PERMISSIVE = SHOP.replace(/---\napiVersion: security[\s\S]*$/, '');
const STRICT = `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;
const cli = folderWith({ 'k8s/shop.yaml': PERMISSIVE, 'closed/shop.yaml': SHOP + STRICT });

describe('istio-constructs doors', () => {
  it('prints what its page shows, and ends with 1', () => {
    const [, shown] = /```text\n(doors of [\s\S]*?)```/.exec(read('docs/command-line.md'))!;
    expect(cli('doors product -f k8s')).toEqual({ code: 1, out: shown, err: '' });
  });

  it('ends with 0 where there is none', () => {
    expect(cli('doors product -f closed')).toEqual({ code: 0, out: 'doors of product\nnobody gets in whom nobody has named\n', err: '' });
  });

  it('writes JSON, Markdown and annotations', () => {
    const { doors } = JSON.parse(cli('doors product -f k8s --format json').out) as { doors: object[] };
    expect(doors).toMatchObject([
      { callers: ['pod:elsewhere', 'plain:shop'], mtls: false },
      { callers: ['pod:shop', 'meshed:elsewhere'], mtls: true },
    ]);
    expect(cli('doors product -f k8s --format markdown').out).toMatch(
      /^## Doors of product\n\n\| door \| who \| to \| requests \| protected \| closed by \|\n/,
    );
    expect(cli('doors product -f k8s --format github').out).toMatch(
      /^::warning file=k8s\/shop.yaml,line=19,col=1,title=doors::product: service: pod:elsewhere, plain:shop -> /,
    );
  });

  it('ends with 2 for a name that nobody has', () => {
    expect(cli('doors basket -f k8s')).toMatchObject({ code: 2, err: expect.stringMatching(/MESH895/) });
  });
});
