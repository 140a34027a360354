import { greetedInPlain } from '../../../lib/rules/border/greeted-in-plain';
import { findings, made, namespace, raw } from '../model-builder';

const entry = (ports: string, labels = ''): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: db, namespace: shop${labels} }
spec: { hosts: [db.example.com], resolution: DNS, ports: [${ports}] }
`;
const port = (number: number, protocol: string): string => `{ number: ${number}, name: port-${number}, protocol: ${protocol} }`;
const SIDECARS = [namespace('shop', 'sidecar')];
const find = (yaml: string, namespaces = SIDECARS): (string | undefined)[] =>
  findings(greetedInPlain, { objects: raw(yaml), namespaces }).map(({ got }) => got);

describe(greetedInPlain.title, () => {
  it.each([
    [5432, 'TLS'],
    [5432, 'HTTPS'],
    [3306, 'tls'],
    [587, 'TLS'],
    [389, 'TLS'],
  ])('tells of port %s as %s', (number, protocol) => {
    expect(find(entry(`${port(number, protocol)}, ${port(443, 'TLS')}`))).toEqual([`port ${number}: ${protocol}`]);
  });

  it.each([
    ['bytes on such a port', port(5432, 'TCP')],
    ['TLS where it comes first', [443, 465, 636, 993, 6380, 9093, 27017].map((number) => port(number, 'TLS')).join(', ')],
  ])('takes %s', (_, ports) => {
    expect(find(entry(ports))).toEqual([]);
  });

  it('takes it where nobody but ztunnel reads it, and tells of it at a waypoint', () => {
    const ambient = [namespace('shop', 'ambient')];
    expect(find(entry(port(5432, 'TLS')), ambient)).toEqual([]);
    expect(find(entry(port(5432, 'TLS'), ', labels: { istio.io/use-waypoint: waypoint }'), ambient)).toHaveLength(1);
  });

  it('takes what an ExternalService says in as many words', () => {
    expect(findings(greetedInPlain, { objects: made(entry(port(5432, 'TLS'))), namespaces: SIDECARS })).toEqual([]);
  });
});
