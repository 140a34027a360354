import type { UserPart } from '../../../lib/model/users/end-user';

/** A user of an issuer, whoever it is. */
export const USER: UserPart = {
  issuer: { issuer: 'https://id.example.com', audiences: ['shop'], tokenPlaces: [], claimHeaders: {}, forwardsToken: false },
  claims: {},
};
