import { fieldsOf } from '../../../cluster/objects/fields';
import { type Demand, within } from '../demands/demand';
import { isBlockText } from '../values/addresses';
import { isNoPortOrNone } from '../values/amounts';
import { isMatchedHeader } from '../values/header-words';
import { hasNoLabels } from '../values/labels';
import { isDnsLabel } from '../values/names';

const HTTP = 'spec.http[].match[]';
const BYTES = ['spec.tls[].match[]', 'spec.tcp[].match[]'];
const TEXTS = ['scheme', 'method', 'authority', 'headers{}', 'withoutHeaders{}', 'queryParams{}'];

/** What is asked of the matches of routes. */
export const MATCH_DEMANDS: readonly Demand[] = [
  {
    at: within([HTTP], ...TEXTS).map((place) => `${place}.prefix`),
    refuses: (prefix) => prefix === '',
    what: 'is an empty prefix',
    fix: 'write how the value begins; leave the match out for any value',
  },
  {
    at: within([HTTP], 'uri', ...TEXTS).map((place) => `${place}.regex`),
    refuses: (regex) => regex === '',
    what: 'is an empty regex',
    fix: 'write a pattern; leave the match out for any value',
  },
  {
    at: within([HTTP], 'headers', 'withoutHeaders'),
    refuses: (headers) => Object.keys(fieldsOf(headers)).some((name) => !isMatchedHeader(name)),
    what: 'has a name that no header can have',
    fix: 'write the name of a header, such as x-user',
  },
  {
    at: `${HTTP}.sourceNamespace`,
    refuses: (name) => typeof name === 'string' && name !== '' && !isDnsLabel(name),
    what: 'is no name of a namespace',
    fix: 'write the namespace of the callers',
  },
  {
    at: within([HTTP, ...BYTES], 'sourceLabels'),
    refuses: hasNoLabels,
    what: 'has what can be no label of a pod',
    fix: 'write the labels of the callers',
  },
  { at: within([HTTP, ...BYTES], 'port'), refuses: isNoPortOrNone, what: 'is no port', fix: 'write a number from 1 to 65535' },
  {
    at: within(BYTES, 'destinationSubnets[]'),
    refuses: (block) => typeof block === 'string' && !isBlockText(block),
    what: 'is neither an address nor a block of them',
    fix: 'write for example 10.0.0.0/8',
  },
];
