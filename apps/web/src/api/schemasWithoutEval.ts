import { config } from 'zod';

/*
 * Tells zod to walk its schemas instead of compiling them: the CSP forbids `new Function`, and even asking whether it may
 * is reported as a violation. Schemas ask when they are made, so this is imported before all others.
 */
config({ jitless: true });
