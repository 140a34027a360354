import { TraceTag } from 'istio-constructs';
import { expectRefusal } from '../../support/refusal';

describe('a TraceTag', () => {
  it('says where its value comes from', () => {
    expect(TraceTag.of('buyers')._facts).toEqual({ from: 'literal', text: 'buyers' });
    expect(TraceTag.header('x-user', 'none')._facts).toEqual({ from: 'header', text: 'x-user', otherwise: 'none' });
    expect(TraceTag.formatter('%REQUESTED_SERVER_NAME%')._facts).toEqual({ from: 'formatter', text: '%REQUESTED_SERVER_NAME%' });
    expect(TraceTag.environment('HOST')._facts).toEqual({ from: 'environment', text: 'HOST' });
  });

  it.each([() => TraceTag.of(''), () => TraceTag.header(' '), () => TraceTag.environment(''), () => TraceTag.formatter('')])(
    'fails for nothing, which Istio refuses',
    (act) => {
      expectRefusal(act, { code: 'MESH851', path: 'TraceTag', fix: 'write one' });
    },
  );
});
