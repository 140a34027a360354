import { isMergedPort } from './written/merged-port';
import { isAddress } from '../../support/addresses';
import { SCRAPE_TARGETS } from '../../istio/metrics';
import type { FieldPath } from '../../model/declared';
import type { Cure } from '../../model/finding';
import { certainlyMeant } from '../../support/options/nearest';
import { rule } from '../rule';
import { rawAnnotations } from './written/annotations-in';

export const wrongAnnotation = rule({
  code: 'MESH148',
  level: 'error',
  title: 'annotation with a value that Istio does not take',

  check(model, report) {
    for (const { object, title, kind, name, value, field } of rawAnnotations(model)) {
      const taken = kind === 'Pod' ? TAKEN[name] : undefined;
      if (!taken || taken.takes(value)) continue;
      report({
        on: object,
        field,
        message: `${title} has a value for ${name} that Istio does not take: the injector refuses the pods`,
        got: value,
        fix: `write ${taken.form}`,
        cures: curesOf(taken, value, field),
      });
    }
  },
});

interface Taken {
  readonly form: string;
  takes(value: string): boolean;
  /** All that it takes, where that is few. */
  readonly words?: readonly string[];
}

function curesOf({ words = [] }: Taken, value: string, field: FieldPath): Cure[] {
  const meant = certainlyMeant(value, words);
  return meant === undefined ? [] : [{ field, kind: 'set', was: value, to: meant }];
}

const NUMBER: Taken = { form: 'a whole number', takes: (value) => /^\d+$/.test(value) && Number(value) < 2 ** 32 };
const BOOLEAN: Taken = {
  form: '"true" or "false"',
  words: ['true', 'false'],
  takes: (value) => /^(1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(value),
};
const PORT: Taken = { form: 'a port', takes: isPort };
const PORTS: Taken = { form: 'ports divided by commas', takes: (value) => listed(value).every(isPort) };
const PORTS_OR_ALL: Taken = { form: 'ports divided by commas, or *', takes: (value) => value === '*' || PORTS.takes(value) };
const RANGES: Taken = { form: 'blocks such as 10.0.0.0/8, divided by commas', takes: (value) => listed(value).every(isBlock) };
const RANGES_OR_ALL: Taken = { form: `${RANGES.form}, or *`, takes: (value) => value === '*' || RANGES.takes(value) };
const QUANTITY: Taken = {
  form: 'an amount of Kubernetes, such as 100m or 128Mi',
  takes: (value) => /^[+-]?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(value),
};

const TAKEN: Readonly<Record<string, Taken>> = {
  'sidecar.istio.io/interceptionMode': {
    form: 'REDIRECT, TPROXY or NONE',
    words: ['REDIRECT', 'TPROXY', 'NONE'],
    takes: (value) => ['REDIRECT', 'TPROXY', 'NONE'].includes(value),
  },
  'status.sidecar.istio.io/port': PORT,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': NUMBER,
  'readiness.status.sidecar.istio.io/periodSeconds': NUMBER,
  'readiness.status.sidecar.istio.io/failureThreshold': NUMBER,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': RANGES_OR_ALL,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': RANGES,
  'traffic.sidecar.istio.io/includeInboundPorts': PORTS_OR_ALL,
  'traffic.sidecar.istio.io/excludeInboundPorts': PORTS,
  'traffic.sidecar.istio.io/excludeOutboundPorts': PORTS,
  'prometheus.istio.io/merge-metrics': BOOLEAN,
  [SCRAPE_TARGETS]: {
    form: 'port:path of the application, divided by commas, none of the ports of the proxy',
    takes: (value) => listed(value).every((target) => target.trim() === '' || isMergedPort(target.split(':')[0].trim())),
  },
  'sidecar.istio.io/proxyCPU': QUANTITY,
  'sidecar.istio.io/proxyMemory': QUANTITY,
  'sidecar.istio.io/proxyCPULimit': QUANTITY,
  'sidecar.istio.io/proxyMemoryLimit': QUANTITY,
};

function listed(value: string): string[] {
  return value === '' ? [] : value.split(',');
}

function isPort(value: string): boolean {
  return /^\d+$/.test(value.trim()) && Number(value) < 2 ** 16;
}

function isBlock(value: string): boolean {
  const [address, bits, ...rest] = value.split('/');
  return rest.length === 0 && isAddress(address) && /^\d+$/.test(bits ?? '') && Number(bits) <= (address.includes(':') ? 128 : 32);
}
