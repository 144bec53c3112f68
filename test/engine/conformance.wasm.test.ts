import { conformance } from './conformance/suite';

conformance('wasm');
