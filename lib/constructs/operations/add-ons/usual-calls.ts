import { planeOf } from '../../../planes/plane-of';
import type { DataPlane } from '../../../values/mesh/data-plane';
import type { GuardedService } from '../../service/guarded-service';
import type { AddOn } from './add-on';
import type { AddOnKind } from './usual-add-ons';

/** An add-on, and what guards it. */
export interface Guarded {
  readonly addOn: AddOn;
  readonly service: GuardedService;
}

const ASKED: Readonly<Record<AddOnKind, readonly AddOnKind[]>> = {
  kiali: ['prometheus', 'grafana', 'jaeger', 'tempo'],
  grafana: ['prometheus', 'jaeger', 'tempo'],
  prometheus: [],
  jaeger: [],
  tempo: [],
};

const SPANS = 'proxies and applications send their spans';

/** Whom add-ons call as they come, each said once: pages and queries, metrics and spans. */
export function recordUsualCalls(all: readonly Guarded[]): void {
  for (const one of all) {
    const others = all.filter((other) => other !== one);
    for (const other of others.filter(({ addOn }) => ASKED[one.addOn._facts.kind].includes(addOn._facts.kind))) ask(one, other);
    if (one.addOn._facts.kind === 'prometheus') others.filter((other) => isLetIn(one, other)).forEach((other) => scrape(one, other));
    const spans = one.addOn._facts.collector?.ports ?? [];
    if (spans.length > 0) one.service.letsAnyone(spans, SPANS);
  }
}

function ask(one: Guarded, { addOn, service }: Guarded): void {
  const { port, queryPort } = addOn._facts;
  one.service.calls(service, { port: port.number });
  if (queryPort !== undefined && one.addOn._facts.kind === 'kiali') one.service.calls(service, { port: queryPort });
}

// Prometheus connects to pods, whatever Services lead there; to those with sidecars by the certificates of its own.
function scrape({ service: scraper }: Guarded, { addOn, service }: Guarded): void {
  const { metricsPort, port } = addOn._facts;
  const number = metricsPort === port.targetPort ? port.number : metricsPort;
  const toPods = addOn.dataPlane !== undefined && !holdsProxies(addOn.dataPlane);
  scraper.calls(service, { port: number, ...(toPods && { toPods }) });
}

// Nobody in the mesh knows a Prometheus without a proxy, and ztunnel none with a sidecar.
function isLetIn({ addOn: { dataPlane: own } }: Guarded, { addOn: { dataPlane } }: Guarded): boolean {
  return dataPlane === undefined || (own !== undefined && (holdsProxies(dataPlane) || !holdsProxies(own)));
}

function holdsProxies({ _facts }: DataPlane): boolean {
  return planeOf(_facts).podsHoldProxies;
}
