import { createContext } from 'react';

/** True within a row of a grid, whose controls are reached by arrow keys: they are no stops of the Tab key. */
export const InRow = createContext(false);
