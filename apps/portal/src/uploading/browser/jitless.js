import { config } from 'zod';

// The page's content security policy allows no eval; zod need not find that out by trying. Before any schema is made.
config({ jitless: true });
