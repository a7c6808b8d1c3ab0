import { formatTime, type Nanos, nanos } from '../../event/time.ts';
import type { ApiCall } from '../apiCall.ts';
import type { Random } from '../random.ts';
import { after } from '../timeline.ts';
import { jsonText } from './json.ts';
import type { Logged } from './logged.ts';

const PATH = 'audit/audit.log';

type AuditStage = {
  readonly stage: 'RequestReceived' | 'ResponseStarted' | 'ResponseComplete';
  readonly at: Nanos;
};

/** A call as the audit log knows it. */
export type Audited = { readonly call: ApiCall; readonly auditId: string };

/**
 * What the API server's audit log has of the calls, by a clock that is `apiClock` ahead of the nodes': a line per stage, of
 * which only an exec has the middle one.
 */
export function tellAudit(audited: readonly Audited[], apiClock: bigint, random: Random): Logged[] {
  return audited.flatMap(({ call, auditId }) => {
    const received = nanos(call.at + apiClock);
    return stagesOf(call, received, random).map((stage): Logged => {
      const text = auditText(call, auditId, received, stage);
      return { path: PATH, dialect: 'audit', written: stage.at, text, about: [] };
    });
  });
}

function stagesOf(call: ApiCall, received: Nanos, random: Random): AuditStage[] {
  const first: AuditStage = { stage: 'RequestReceived', at: received };
  if (call.session === undefined) {
    const took = random.between(2_400, 19_000) / 1e6;
    return [first, { stage: 'ResponseComplete', at: after(received, took) }];
  }
  const began = after(received, random.between(31_000, 58_000) / 1e6);
  return [
    first,
    { stage: 'ResponseStarted', at: began },
    { stage: 'ResponseComplete', at: after(received, call.session.seconds) },
  ];
}

/** One line of the audit log. A call that came in has no answer yet. */
function auditText(
  call: ApiCall,
  auditId: string,
  received: Nanos,
  { stage, at }: AuditStage,
): string {
  const answered = stage !== 'RequestReceived';
  const keepsBodies = call.request !== undefined || call.response !== undefined;
  return jsonText({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: keepsBodies ? 'RequestResponse' : 'Metadata',
    auditID: auditId,
    stage,
    requestURI: call.uri,
    verb: call.verb,
    user: call.user,
    impersonatedUser: call.impersonated,
    sourceIPs: call.sourceIps,
    userAgent: call.userAgent,
    objectRef: call.objectRef,
    responseStatus: answered ? statusOf(call) : undefined,
    requestObject: answered ? call.request : undefined,
    responseObject: answered ? call.response : undefined,
    requestReceivedTimestamp: microsOf(received),
    stageTimestamp: microsOf(at),
    annotations: answered
      ? {
          'authorization.k8s.io/decision': call.code === 403 ? 'forbid' : 'allow',
          'authorization.k8s.io/reason': call.reason,
        }
      : undefined,
  });
}

function statusOf({ code }: ApiCall) {
  if (code !== 403) return { metadata: {}, code };
  return { metadata: {}, status: 'Failure', message: 'forbidden', reason: 'Forbidden', code };
}

function microsOf(time: Nanos): string {
  return `${formatTime(time).slice(0, 26)}Z`;
}
