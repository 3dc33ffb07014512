import {
  applyDecorators,
  Catch,
  Controller,
  UseFilters,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/** Hands a handler's own error to the transport: Nest's default replaces it by a nameless one, and a dead letter needs its reason. */
@Catch()
class RpcErrors implements ExceptionFilter {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/** A class of Kafka handlers (`@EventPattern`): use it instead of Nest's `@Controller`. */
export function Consumer() {
  return applyDecorators(Controller(), UseFilters(RpcErrors));
}
