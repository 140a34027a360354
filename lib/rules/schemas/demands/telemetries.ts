import { type Fields, fieldsOf, textOf } from '../../../cluster/objects/fields';
import { celFault } from '../../../support/expressions/cel-syntax';
import { isNoPercentage } from '../values/amounts';
import { isNoTimespan } from '../values/timespans';
import type { Demand } from './demand';
import { TIMESPAN } from './pools';

const TRACING = 'spec.tracing[]';
const OVERRIDES = 'spec.metrics[].overrides[]';
const NAMED = ['spec.accessLogging[]', TRACING, 'spec.metrics[]'].map((place) => `${place}.providers[]`);

/** What is asked of a Telemetry, but for its selector. */
export const TELEMETRY_DEMANDS: readonly Demand[] = [
  {
    at: NAMED,
    refuses: (provider) => !textOf(fieldsOf(provider).name),
    what: 'has no name',
    fix: 'write the name of one of the extensionProviders of the mesh',
  },
  {
    at: 'spec.accessLogging[].filter',
    refuses: (filter) => isUnreadable(fieldsOf(filter).expression),
    what: 'has no expression that CEL can read',
    fix: 'write one, such as response.code >= 500: with == and &&, brackets that close, and texts in quotes',
  },
  { at: `${TRACING}.randomSamplingPercentage`, refuses: isNoPercentage, what: 'is no percentage', fix: 'write a number from 0 to 100' },
  {
    at: `${TRACING}.customTags`,
    refuses: (tags) => '' in fieldsOf(tags) || Object.values(fieldsOf(tags)).some((tag) => isEmptyTag(fieldsOf(tag))),
    what: 'has a tag without a name or a value',
    fix: 'write literal.value, header.name or environment.name in each',
  },
  {
    at: `${OVERRIDES}.tagOverrides{}`,
    refuses: (override) => (fieldsOf(override).operation ?? 'UPSERT') === 'UPSERT' && !textOf(fieldsOf(override).value),
    what: 'writes a tag and does not say its value',
    fix: 'write value, or operation: REMOVE',
  },
  {
    at: `${OVERRIDES}.tagOverrides{}`,
    refuses: (override) => fieldsOf(override).operation === 'REMOVE' && 'value' in fieldsOf(override),
    what: 'removes a tag and says its value',
    fix: 'remove value, or write operation: UPSERT',
  },
  { at: `${OVERRIDES}.match.customMetric`, refuses: (name) => name === '', what: 'is empty', fix: 'write the name of the metric' },
  { at: 'spec.metrics[].reportingInterval', refuses: isNoTimespan, ...TIMESPAN },
];

/** What is no text is for the schema to refuse. */
function isUnreadable(expression: unknown = ''): boolean {
  return typeof expression === 'string' && celFault(expression) !== undefined;
}

function isEmptyTag({ literal, header, environment }: Fields): boolean {
  const texts = [
    [literal, 'value'],
    [header, 'name'],
    [environment, 'name'],
  ] as const;
  return texts.some(([part, key]) => typeof part === 'object' && part !== null && !textOf(fieldsOf(part)[key]));
}
