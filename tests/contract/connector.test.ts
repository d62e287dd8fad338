import { connectorContract } from './connector.js';
import { makeAirtableWorld } from './worlds/airtable.js';
import { makeMemoryWorld } from './worlds/memory.js';
import { makeNotionWorld } from './worlds/notion.js';

connectorContract('memory', makeMemoryWorld);
connectorContract('airtable', makeAirtableWorld);
connectorContract('notion', makeNotionWorld);
