# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY build.mjs sbom.mjs tsconfig.json ./
COPY bin bin
COPY engine engine
COPY manifests manifests
COPY schemas schemas
COPY studio studio
# Code that is compiled here spares each start of a container to do so: with the flags that it starts with.
RUN node --max-semi-space-size=4 build.mjs --production --compiled

# The bundle holds its dependencies, so nothing is installed here, and nothing can be.
FROM node:24-bookworm-slim
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
# Pages are gone before the next one comes: a larger young generation only keeps them longer (npm run bench -- memory).
ENV NODE_ENV=production \
    AIRBYTE_ENTRYPOINT="node --max-semi-space-size=4 /airbyte/integration_code/dist/bin/manifold.js"
WORKDIR /airbyte/integration_code
COPY package.json LICENSE ./
COPY schemas schemas
COPY manifests/*.yaml manifests/
COPY --from=build /build/dist dist
ARG VERSION=0.1.0
LABEL io.airbyte.name="airbyte/source-manifold" \
      io.airbyte.version="${VERSION}"
USER node
ENTRYPOINT ["node", "--max-semi-space-size=4", "/airbyte/integration_code/dist/bin/manifold.js"]
