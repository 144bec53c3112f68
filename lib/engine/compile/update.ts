/** How a graph changes variables. */
import type { Source } from './recording';

/** An operation on the resources of variables. */
export interface Update {
  readonly op:
    | 'AssignVariableOp'
    | 'AssignAddVariableOp'
    | 'AssignSubVariableOp'
    | 'ResourceApplyGradientDescent'
    | 'ResourceApplyMomentum'
    | 'ResourceApplyAdam';
  /** The variables that it changes, by index: their handles are its first inputs. */
  readonly variables: readonly number[];
  /** The inputs after the handles. */
  readonly inputs: readonly Source[];
  /** For momentum: whether the step looks ahead, as Nesterov's does. */
  readonly nesterov?: boolean;
}
