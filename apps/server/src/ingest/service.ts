import { CaseHolds } from './caseHolds.ts';
import type { IngestService } from './ingestService.ts';
import { ProgressBoard } from './progressBoard.ts';
import { Pushes } from './pushes.ts';
import type { ServiceDeps } from './serviceDeps.ts';
import { Uploads } from './uploads.ts';

/** The one way in: uploads, files, pipes and pushes become sources of a case. */
export function createIngestService(deps: ServiceDeps): IngestService {
  const board = new ProgressBoard(deps.now);
  const holds = new CaseHolds(deps.cases);
  const uploads = new Uploads(deps, holds, board);
  const pushes = new Pushes(deps, holds);
  return {
    upload: (request) => uploads.take(request),
    push: (request) => pushes.take(request),
    watch: (listener) => board.watch(listener),
    cancel: (caseName, sourceId) => uploads.cancel(caseName, sourceId),
    async close() {
      await uploads.close();
      await deps.decoding.close();
    },
  };
}
