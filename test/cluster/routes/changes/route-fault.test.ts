import { readFault } from '../../../../lib/cluster/routes/changes/route-fault';

describe('the fault of a route', () => {
  it('holds up and answers a share of its requests', () => {
    const abort = { httpStatus: 503, percentage: { value: 0.5 } };
    expect(readFault({ delay: { fixedDelay: '5s', percentage: { value: 10 } }, abort })).toEqual({
      delay: { duration: '5s', percent: 10 },
      abort: { status: 503, percent: 0.5 },
    });
    expect(readFault({ abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } } })).toEqual({
      abort: { grpcStatus: 'UNAVAILABLE', percent: 100 },
    });
  });

  it('is for no request where no percentage is said, but for the old word of delays', () => {
    expect(readFault({ delay: { fixedDelay: '5s' }, abort: { httpStatus: 500 } })).toEqual({});
    expect(readFault({ delay: { fixedDelay: '5s', percent: 20 } })).toEqual({ delay: { duration: '5s', percent: 20 } });
    expect(readFault({ delay: { fixedDelay: '5s', percent: 20, percentage: { value: 0 } } })).toEqual({});
  });

  it('is nothing where istiod makes nothing of it, or nobody says it', () => {
    expect(readFault({ delay: { exponentialDelay: '5s', percentage: { value: 10 } }, abort: { percentage: { value: 10 } } })).toEqual({});
    expect(readFault(undefined)).toBeUndefined();
  });
});
