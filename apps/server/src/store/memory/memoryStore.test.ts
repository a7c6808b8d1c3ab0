import { nanos } from '@forebear/model/event/time';
import { checkStore } from '../testing/contract.ts';
import { openMemoryCases } from './memoryStore.ts';

checkStore('memory', async () => openMemoryCases({ now: () => nanos(0n) }));
