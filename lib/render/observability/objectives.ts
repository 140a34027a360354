import { plain, promDuration, seriesOf } from './promql';
import { allRequests, type CountedRequests, failedRequests, shareOf, slowShare } from './requests';
import { type AlertStyle, type AlertWords, renderAlert, type Rule, type RulesSpec } from './rules';

/** What a service has promised, as it is rendered. */
export interface ObjectivesFacts {
  readonly serviceName: string;
  readonly namespaceName: string;
  readonly counted: CountedRequests;
  readonly windowSeconds: number;
  /** Percent of the requests that are answered. */
  readonly availability?: number;
  readonly latency: readonly LatencyFacts[];
}

export interface LatencyFacts {
  /** Percent of the requests that are answered in time. */
  readonly percentile: number;
  readonly belowMs: number;
}

/** One promise: which requests break it, and what may be said of that. */
interface Pledge {
  readonly group: string;
  readonly alert: string;
  /** What breaks it, as the names of series say it. */
  readonly broken: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly percent: number;
  /** The share that breaks it, over some time. */
  readonly share: (window: string) => string;
  readonly what: string;
}

/**
 * Two times over which errors are compared with what is allowed, and how many times as much it has to be over both: the long one tells that it matters, the short one that it
 * still goes on. As Google's workbook has them for 30 days; other windows stretch them.
 */
const PAIRS = [
  { long: 3600, short: 300, burn: 14.4, isUrgent: true },
  { long: 21_600, short: 1800, burn: 6, isUrgent: true },
  { long: 86_400, short: 7200, burn: 3, isUrgent: false },
  { long: 259_200, short: 21_600, burn: 1, isUrgent: false },
] as const;
const WINDOW_OF_PAIRS = 30 * 86_400;
const LEAST_WINDOW = 120;

/** Recording rules of how much of a promise is broken over several times, and alerts that compare them with what it allows. */
export function renderObjectives(facts: ObjectivesFacts, style: AlertStyle): RulesSpec {
  return { groups: pledgesOf(facts).map((pledge) => ({ name: pledge.group, rules: rulesOf(pledge, facts, style) })) };
}

function pledgesOf({ serviceName, namespaceName, counted, availability, latency }: ObjectivesFacts): Pledge[] {
  const group = `${namespaceName}-${serviceName}`;
  const answered: Pledge[] = [availability ?? []].flat().map((percent) => ({
    group: `${group}-availability`,
    alert: 'MeshAvailabilityBudgetBurn',
    broken: 'failed_requests',
    labels: {},
    percent,
    share: (window) => shareOf(failedRequests(counted, window), allRequests(counted, window)),
    what: `of the requests to ${namespaceName}/${serviceName} fail`,
  }));
  const inTime = latency.map(({ percentile, belowMs }) => ({
    group: `${group}-latency-p${percentile}-${belowMs}ms`,
    alert: 'MeshLatencyBudgetBurn',
    broken: 'slow_requests',
    labels: { percentile: String(percentile), below: `${belowMs}ms` },
    percent: percentile,
    share: (window: string) => slowShare(counted, belowMs, window),
    what: `of the requests to ${namespaceName}/${serviceName} take longer than ${belowMs} milliseconds`,
  }));
  return [...answered, ...inTime];
}

function rulesOf(pledge: Pledge, facts: ObjectivesFacts, style: AlertStyle): Rule[] {
  const labels = { ...style.labels, ...pledge.labels };
  const name = (seconds: number): string => `mesh_service:${pledge.broken}:ratio_rate${promDuration(seconds)}`;
  const kept = (seconds: number): string =>
    seriesOf(
      name(seconds),
      Object.entries(labels).map(([label, value]) => `${label}="${value}"`),
    );
  const pairs = pairsOf(facts.windowSeconds);
  const windows = [...new Set(pairs.flatMap(({ short, long }) => [short, long]))].sort((one, other) => one - other);
  const budget = plain((100 - pledge.percent) / 100);
  const window = promDuration(facts.windowSeconds);
  const whole = `1 - avg_over_time(${kept(pairs[0].long)}[${window}]) / ${budget}`;
  const burning = (isUrgent: boolean): Rule =>
    renderAlert(style, burnOf(pledge, kept, { budget, windowSeconds: facts.windowSeconds, isUrgent, pairs }));
  return [
    ...windows.map((seconds) => ({ record: name(seconds), expr: pledge.share(promDuration(seconds)), labels })),
    { record: `mesh_service:${pledge.broken}:budget_left_ratio`, expr: whole, labels },
    burning(true),
    burning(false),
  ];
}

interface Burning {
  readonly budget: number;
  readonly windowSeconds: number;
  readonly isUrgent: boolean;
  readonly pairs: readonly BurnPair[];
}

interface BurnPair {
  readonly long: number;
  readonly short: number;
  readonly burn: number;
  readonly isUrgent: boolean;
}

function burnOf(pledge: Pledge, kept: (seconds: number) => string, { budget, windowSeconds, isUrgent, pairs }: Burning): AlertWords {
  const meant = pairs.filter((pair) => pair.isUrgent === isUrgent);
  const lasts = Math.round(windowSeconds / Math.min(...meant.map(({ burn }) => burn)));
  const over = (seconds: number, burn: number): string => `${kept(seconds)} > ${burn} * ${budget}`;
  return {
    alert: pledge.alert,
    expr: meant.map(({ long, short, burn }) => `(${over(long, burn)} and ${over(short, burn)})`).join(' or '),
    for: isUrgent ? '2m' : '15m',
    isUrgent,
    labels: pledge.labels,
    summary: `{{ $value | humanizePercentage }} ${pledge.what}`,
    description: `At most ${plain(100 - pledge.percent)} % may over ${promDuration(windowSeconds)}. At this pace all of that is used up within ${promDuration(lasts)}.`,
  };
}

function pairsOf(windowSeconds: number): BurnPair[] {
  const stretched = (seconds: number): number => {
    const minutes = Math.round((seconds * windowSeconds) / WINDOW_OF_PAIRS / 60);
    return Math.max(LEAST_WINDOW, minutes * 60);
  };
  return PAIRS.map((pair) => ({ ...pair, long: stretched(pair.long), short: stretched(pair.short) }));
}
