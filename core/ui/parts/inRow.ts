import { createContext } from 'react';

/** True within a row of a grid, which is one stop of the Tab key: arrow keys go to its controls. */
export const InRow = createContext(false);
