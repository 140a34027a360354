import { App, Chart } from 'cdk8s';
import { DataPlane, Findings, MeshNamespace, MeshReport, MTls } from 'istio-constructs';
import { external, newChart, service, shop } from '../builders';
import { expectRefusal } from '../support/refusal';

const ORDER = ['error', 'warning', 'info'];
const REASON = 'old clients until March';

/** Two open namespaces that accept plaintext, which is a warning for each. */
function permissive(): { readonly chart: Chart; readonly shop: MeshNamespace; readonly pay: MeshNamespace } {
  const chart = newChart();
  const namespace = (id: string) => new MeshNamespace(chart, id, { dataPlane: DataPlane.sidecar(), mtls: MTls.PERMISSIVE });
  return { chart, shop: namespace('shop'), pay: namespace('pay') };
}

/** What an act writes to stderr. */
function printed(act: () => unknown): string {
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  act();
  write.mockRestore();
  return lines.join('');
}

function errorOf(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing failed');
}

const acknowledged = (chart: Chart) => MeshReport.of(chart).findings.map((finding) => finding.acknowledged);

describe('Findings.acknowledge', () => {
  it('silences a warning at a construct and below it, and the report keeps the reason', () => {
    const { chart, shop: namespace } = permissive();
    Findings.of(namespace).acknowledge('MESH108', REASON);
    const reasons = MeshReport.of(chart).findings.map(({ path, acknowledged: reason }) => ({ path, reason }));
    expect(reasons).toHaveLength(2);
    expect(reasons.filter(({ path }) => path.startsWith('test/shop'))).toMatchObject([{ reason: REASON }]);
    expect(reasons.filter(({ path }) => path.startsWith('test/pay'))).toMatchObject([{ reason: undefined }]);
  });

  it('covers a whole chart, or the whole App', () => {
    const [byChart, byApp] = [permissive().chart, permissive().chart];
    Findings.of(byChart).acknowledge('MESH108', REASON);
    Findings.of(byApp.node.root).acknowledge('MESH108', REASON);
    expect(acknowledged(byChart)).toEqual([REASON, REASON]);
    expect(acknowledged(byApp)).toEqual([REASON, REASON]);
  });

  it('gives the reason that is nearest', () => {
    const { chart, shop: namespace } = permissive();
    Findings.of(chart).acknowledge('MESH108', 'far');
    Findings.of(namespace).acknowledge('MESH108', 'near');
    expect(acknowledged(chart).sort()).toEqual(['far', 'near']);
  });

  it('does not cover what only begins with the same name', () => {
    const chart = newChart();
    const namespace = (id: string) => new MeshNamespace(chart, id, { dataPlane: DataPlane.sidecar(), mtls: MTls.PERMISSIVE });
    Findings.of(namespace('shop')).acknowledge('MESH108', REASON);
    namespace('shop-two');
    expect(acknowledged(chart).filter(Boolean)).toEqual([REASON]);
  });

  it('fails for a code that no rule has, for an error, and without a reason', () => {
    const { chart } = permissive();
    const refusal = { path: 'test' };
    expectRefusal(() => Findings.of(chart).acknowledge('MESH999', REASON), {
      ...refusal,
      code: 'MESH030',
      fix: 'from the report',
      got: 'MESH999',
    });
    expectRefusal(() => Findings.of(chart).acknowledge('MESH201', REASON), { ...refusal, code: 'MESH064', fix: 'mend', got: 'MESH201' });
    expectRefusal(() => Findings.of(chart).acknowledge('MESH108', ' '), { ...refusal, code: 'MESH065', fix: 'say why' });
  });
});

describe('a synth', () => {
  it('prints warnings with code, place, fix and line, and goes on', () => {
    const { chart } = permissive();
    const text = printed(() => App.of(chart).synthYaml());
    expect(text).toMatch(
      /warning MESH108 at test\/pay.*\n( {2}got: .*\n)? {2}fix: .*\n {2}declared at: test\/assembly\/findings\.test\.ts:\d+:\d+\n {2}page: docs\/rules\/MESH108\.md\n/,
    );
    expect(text.match(/MESH108 at/g)).toHaveLength(2);
  });

  it('prints each of them once, however many charts there are', () => {
    const { chart } = permissive();
    new Chart(chart.node.root, 'second');
    expect(printed(() => [App.of(chart).synthYaml(), App.of(chart).synthYaml()]).match(/MESH108 at test\/shop/g)).toHaveLength(1);
  });

  it('prints nothing of what is acknowledged', () => {
    const { chart } = permissive();
    Findings.of(chart).acknowledge('MESH108', REASON);
    expect(printed(() => App.of(chart).synthYaml())).toBe('');
  });

  it('fails on errors before anything is written, and tells all of them together', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(product, { port: 1 });
    product.calls(cart, { port: 2 });
    expect(() => chart.toJson()).toThrow(/error MESH203 at test\/shop\/cart[\s\S]*error MESH203 at test\/shop\/product/);
  });

  it('fails with the report alone, and with what others find wrong at its end', () => {
    const { chart, cart, product } = shop({ dataPlane: DataPlane.sidecar() });
    cart.calls(product, { port: 1 });
    cart.node.addValidation({ validate: () => ['no owner'] });
    const error = errorOf(() => App.of(chart).synthYaml());
    expect(error.message).toMatch(/^error MESH203 at test\/shop\/cart: .*\n( {2}.*\n)+error at test\/shop\/cart: no owner$/);
    expect(error.stack!.slice(error.message.length)).toMatch(/^(\n {4}at .*findings\.test\.ts.*)+$/);
    expect(errorOf(() => chart.toJson()).message).toBe(error.message);
  });

  it('leaves what others alone find wrong to cdk8s', () => {
    const { chart, cart } = shop({ dataPlane: DataPlane.sidecar() });
    cart.node.addValidation({ validate: () => ['no owner'] });
    expect(() => App.of(chart).synthYaml()).toThrow('[test/shop/cart] no owner');
  });

  it('fails again after another mistake was made, and succeeds for a mended program', () => {
    const wrong = shop({ dataPlane: DataPlane.sidecar() });
    expect(() => wrong.chart.toJson()).not.toThrow();
    wrong.cart.calls(wrong.product, { port: 1 });
    expect(() => wrong.chart.toJson()).toThrow('MESH203');
  });

  it('says nothing of an App without a mesh', () => {
    const chart = new Chart(new App(), 'plain');
    expect(printed(() => App.of(chart).synthYaml())).toBe('');
  });
});

describe('MeshReport', () => {
  it('says for each finding what it is and where', () => {
    const { chart, shop: namespace } = permissive();
    const [first, ...others] = MeshReport.of(namespace).findings;
    expect(others).toHaveLength(1);
    expect(first).toMatchObject({ code: 'MESH108', level: 'warning', path: expect.stringMatching(/^test\/pay/) });
    expect(first.text).toContain('fix: ');
    expect(MeshReport.of(chart).findings).toEqual(MeshReport.of(chart.node.root).findings);
  });

  it('lists errors before warnings before notices', () => {
    const { chart, shop: namespace } = permissive();
    const [cart, product] = [service(namespace, 'cart'), service(namespace, 'product')];
    cart.calls(product, { port: 1 });
    cart.calls(external(namespace, 'cards'));
    const levels = MeshReport.of(chart).findings.map(({ level }) => level);
    expect(levels).toEqual([...levels].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
    expect(new Set(levels)).toEqual(new Set(ORDER));
  });
});
