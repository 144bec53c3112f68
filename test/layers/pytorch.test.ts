import { layersAgainstPyTorch } from './pytorch';

layersAgainstPyTorch();
