import { renderObjectives } from '../../../lib/render/observability/objectives';

const DAY = 86_400;
const counted = { reporters: ['source'], hosts: ['cart.shop.svc'], speaksGrpc: false };
const style = { runbook: 'https://x', severity: { urgent: 'critical', ordinary: 'warning' }, labels: { service: 'cart' } };
type Rendered = ReadonlyArray<{ name: string; rules: ReadonlyArray<Readonly<Record<string, any>>> }>;

const render = (parts: object): Rendered =>
  renderObjectives({ serviceName: 'cart', namespaceName: 'shop', counted, windowSeconds: 30 * DAY, latency: [], ...parts }, style)
    .groups as Rendered;

describe('objectives', () => {
  it('are a group each, with a name of its own', () => {
    const latency = [
      { percentile: 99, belowMs: 300 },
      { percentile: 99, belowMs: 500 },
    ];
    expect(render({ availability: 99.9, latency }).map(({ name }) => name)).toEqual([
      'shop-cart-availability',
      'shop-cart-latency-p99-300ms',
      'shop-cart-latency-p99-500ms',
    ]);
  });

  it('record shares over the times that alerts compare', () => {
    const [{ rules }] = render({ availability: 99.9 });
    const recorded = rules.flatMap(({ record }) => record ?? []);
    expect(recorded).toEqual([
      ...['5m', '30m', '1h', '2h', '6h', '1d', '3d'].map((time) => `mesh_service:failed_requests:ratio_rate${time}`),
      'mesh_service:failed_requests:budget_left_ratio',
    ]);
  });

  it('compare a long time and a short one with what may go wrong', () => {
    const [{ rules }] = render({ availability: 99.9 });
    const [urgent, ordinary] = rules.filter(({ alert }) => alert !== undefined);
    const over = (time: string, burn: number) => `mesh_service:failed_requests:ratio_rate${time}{service="cart"} > ${burn} * 0.001`;
    const pair = (long: string, short: string, burn: number) => `(${over(long, burn)} and ${over(short, burn)})`;
    expect(urgent.expr).toBe(`${pair('1h', '5m', 14.4)} or ${pair('6h', '30m', 6)}`);
    expect(ordinary.expr).toBe(`${pair('1d', '2h', 3)} or ${pair('3d', '6h', 1)}`);
    expect(urgent).toMatchObject({ alert: 'MeshAvailabilityBudgetBurn', for: '2m', labels: { service: 'cart', severity: 'critical' } });
    expect(urgent.annotations.description).toBe('At most 0.1 % may over 30d. At this pace all of that is used up within 5d.');
  });

  it('stretch these times with the whole, and never below two looks at a proxy', () => {
    const [{ rules }] = render({ availability: 99.9, windowSeconds: 7 * DAY });
    expect(rules.flatMap(({ record }) => record ?? [])[0]).toBe('mesh_service:failed_requests:ratio_rate2m');
    expect(rules.find(({ alert }) => alert)!.expr).toContain('ratio_rate14m');
  });
});
