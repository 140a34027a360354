import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { ServiceAlerts, ServiceObjectives } from 'istio-constructs';
import { canary, manifests, shop } from '../builders';
import { forEachPlane, type PlaneUnderTest } from '../for-each-plane';

const FOLDER = join(__dirname, '../../docs/alerts');
const PAGES = readdirSync(FOLDER).filter((file) => file !== 'README.md');

interface Rule {
  readonly alert?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Every alert that there is in a plane. */
function alertsIn(plane: PlaneUnderTest): Rule[] {
  const one = shop(plane);
  canary(one.cart, { weight: 10 });
  const latency = [{ percentile: 99, below: Duration.millis(300) }];
  new ServiceObjectives(one.shop, 'objectives', { service: one.cart, availability: 99.9, latency });
  new ServiceAlerts(one.shop, 'alerts', { service: one.cart });
  const rules = manifests(one.chart).filter(({ kind }) => kind === 'PrometheusRule');
  const all = rules.flatMap(({ spec }) => (spec as any).groups.flatMap((group: { rules: Rule[] }) => group.rules)) as Rule[];
  return all.filter(({ alert }) => alert !== undefined);
}

const seen = new Set<string>();

forEachPlane((plane) => {
  describe('an alert', () => {
    it.each(alertsIn(plane))('$alert has a summary in a line, a severity, and a page with its name', ({ alert, labels, annotations }) => {
      seen.add(`${alert}.md`);
      expect(annotations.summary).toMatch(/^.{10,120}$/);
      expect(annotations.description).toMatch(/\.$/);
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.runbook_url).toBe(`https://github.com/istio-constructs/istio-constructs/blob/main/docs/alerts/${alert}.md`);
      const page = readFileSync(join(FOLDER, `${alert}.md`), 'utf8');
      expect([...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading)).toEqual([alert, 'What to look at', 'What to do']);
      expect(readFileSync(join(FOLDER, 'README.md'), 'utf8')).toContain(`| [${alert}](${alert}.md) |`);
    });
  });
});

describe('pages of alerts', () => {
  it('are of alerts that there are', () => {
    expect(PAGES).toEqual([...seen].sort());
  });
});
