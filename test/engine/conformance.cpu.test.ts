import { conformance } from './conformance/suite';

conformance('cpu');
