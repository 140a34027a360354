import { fieldsOf } from '../../../cluster/objects/fields';
import type { Demand } from '../demands/demand';
import { hasKeyThatIsNoPort } from '../values/amounts';

/** What is asked of the ports of a PeerAuthentication. */
export const POD_PORT_DEMANDS: readonly Demand[] = [
  {
    at: 'spec.portLevelMtls',
    refuses: hasKeyThatIsNoPort,
    what: 'has what is no port',
    fix: 'write the number of a port of the pods, from 1 to 65535',
  },
  {
    at: 'spec.portLevelMtls',
    refuses: (ports) => Object.keys(fieldsOf(ports)).length === 0,
    what: 'says nothing',
    fix: 'write a port and its mode, or leave it out',
  },
];
