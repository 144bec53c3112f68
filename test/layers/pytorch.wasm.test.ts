import { layersAgainstPyTorch } from './pytorch';

layersAgainstPyTorch('wasm');
